// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/dns_provider.h"
#include "dns/dynamic_update.h"

namespace challenge {

/// Changes TXT records by signed updates of the zone's primary server (RFC 2136).
class Rfc2136Provider final : public DnsProvider {
public:
    explicit Rfc2136Provider(dns::DynamicUpdate update);

    base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) override;
    base::Task<base::Result<QString>> add(Dns01Place place, QByteArray value, std::stop_token stop) override;
    base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value, QString receipt) override;

private:
    dns::DynamicUpdate m_update;
};

} // namespace challenge
