// SPDX-License-Identifier: Apache-2.0
#include "challenge/queued_provider.h"

namespace challenge {

using base::Result;
using base::Task;

QueuedProvider::QueuedProvider(std::shared_ptr<DnsProvider> provider, std::shared_ptr<TurnQueue> queue)
    : m_provider(std::move(provider))
    , m_queue(std::move(queue))
{
}

Task<Result<void>> QueuedProvider::probe(Dns01Place place, std::stop_token stop)
{
    return m_provider->probe(std::move(place), std::move(stop));
}

Task<Result<QString>> QueuedProvider::add(Dns01Place place, QByteArray value, std::stop_token stop)
{
    const auto turn = co_await m_queue->wait(stop);
    if (!turn)
        co_return tl::unexpected(turn.error());
    co_return co_await m_provider->add(std::move(place), std::move(value), std::move(stop));
}

Task<Result<void>> QueuedProvider::remove(Dns01Place place, QByteArray value, QString receipt)
{
    const std::stop_token never;
    const auto turn = co_await m_queue->wait(never);
    if (!turn)
        co_return tl::unexpected(turn.error());
    co_return co_await m_provider->remove(std::move(place), std::move(value), std::move(receipt));
}

} // namespace challenge
