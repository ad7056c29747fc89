// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/dns_provider.h"
#include "challenge/turn_queue.h"

namespace challenge {

/// Has another provider change one record at a time: programs and services read all values of a name, and replace them
/// by what they make of it, so that of two changes at once one would be lost.
class QueuedProvider final : public DnsProvider {
public:
    QueuedProvider(std::shared_ptr<DnsProvider> provider, std::shared_ptr<TurnQueue> queue);

    base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) override;
    base::Task<base::Result<QString>> add(Dns01Place place, QByteArray value, std::stop_token stop) override;
    base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value, QString receipt) override;
    std::chrono::seconds patience() const override { return m_provider->patience(); }

private:
    std::shared_ptr<DnsProvider> m_provider;
    std::shared_ptr<TurnQueue> m_queue;
};

} // namespace challenge
