// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/dns_provider.h"

namespace challenge {

/// The operator puts TXT records in place: whoever waits for them goes on by itself when they are seen.
class ManualProvider final : public DnsProvider {
public:
    base::Task<base::Result<void>> probe(Dns01Place, std::stop_token) override { co_return base::Result<void>(); }
    base::Task<base::Result<QString>> add(Dns01Place, QByteArray, std::stop_token) override { co_return QString(); }
    base::Task<base::Result<void>> remove(Dns01Place, QByteArray, QString) override { co_return base::Result<void>(); }
    std::chrono::seconds patience() const override { return std::chrono::hours(24); }
};

} // namespace challenge
