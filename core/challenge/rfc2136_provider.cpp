// SPDX-License-Identifier: Apache-2.0
#include "challenge/rfc2136_provider.h"

namespace challenge {
namespace {

constexpr quint32 ttl = 60; // seconds: resolvers that ask too early forget soon

} // namespace

using base::Result;
using base::Task;

Rfc2136Provider::Rfc2136Provider(dns::DynamicUpdate update)
    : m_update(std::move(update))
{
}

Task<Result<void>> Rfc2136Provider::probe(Dns01Place place, std::stop_token stop)
{
    return m_update.probe(place.zone, place.name, std::move(stop));
}

Task<Result<QString>> Rfc2136Provider::add(Dns01Place place, QByteArray value, std::stop_token stop)
{
    const dns::TextValue record {place.zone, place.name, std::move(value)};
    auto added = co_await m_update.add(record, ttl, std::move(stop));
    if (!added)
        co_return tl::unexpected(std::move(added).error());
    co_return QString();
}

Task<Result<void>> Rfc2136Provider::remove(Dns01Place place, QByteArray value, QString)
{
    return m_update.remove({place.zone, place.name, std::move(value)}, {});
}

} // namespace challenge
