// SPDX-License-Identifier: Apache-2.0
#include "dns/zone_resolver.h"

#include "dns/network_resolver.h"
#include "dns/record_place.h"

namespace dns {
namespace {

using base::ErrorCode;
using base::Result;
using base::Task;

constexpr qsizetype mostServers = 16;
constexpr qsizetype serversAsked = 3; // a firewall may let no question through to any of them
constexpr ExchangeLimits impatient {std::chrono::milliseconds(1000), 2};

QList<ServerAddress> addressesFrom(const Result<Lookup>& answer)
{
    QList<ServerAddress> addresses;
    if (answer)
        for (const Record& record : answer->records)
            addresses.append(ServerAddress {QString::fromLatin1(record.value)});
    return addresses;
}

Task<QList<ServerAddress>> addressesOf(std::shared_ptr<Resolver> resolver, QString host, std::stop_token stop)
{
    auto answer = co_await resolver->lookup(host, RecordType::A, stop);
    if (!answer || !answer->isFound())
        answer = co_await resolver->lookup(host, RecordType::Aaaa, stop);
    co_return addressesFrom(answer);
}

} // namespace

ZoneResolver::ZoneResolver(QList<ServerAddress> resolvers)
    : m_resolvers(std::make_shared<NetworkResolver>(std::move(resolvers)))
{
}

Task<Result<Lookup>> ZoneResolver::lookup(QString name, RecordType type, std::stop_token stop)
{
    auto servers = co_await serversAbove(normalName(name), stop);
    if (!servers)
        co_return tl::unexpected(std::move(servers).error());
    if (servers->isEmpty())
        co_return co_await m_resolvers->lookup(name, type, std::move(stop));
    NetworkResolver ofZone(servers->mid(0, serversAsked), impatient);
    auto answer = co_await ofZone.lookup(name, type, stop);
    const bool isReferral = answer && answer->status == Lookup::Status::Referral;
    if (!answer && !stop.stop_requested()) // nor will the next question reach them
        m_found.insert(parentName(normalName(name)), {});
    const bool isFinal = answer ? !isReferral : answer.error().code() == ErrorCode::Cancelled;
    if (isFinal)
        co_return answer;
    co_return co_await m_resolvers->lookup(name, type, std::move(stop));
}

/// Empty where it is not known which zone that is, or resolvers that know a few zones refuse to tell; an error where
/// nobody could be asked.
Task<Result<ZoneResolver::Servers>> ZoneResolver::serversAbove(QString name, std::stop_token stop)
{
    const QString above = parentName(name);
    if (m_found.contains(above))
        co_return m_found.value(above);
    auto zone = co_await zoneOf(m_resolvers, above, stop);
    const bool isUntold =
        !zone && (zone.error().code() == ErrorCode::NotFound || zone.error().code() == ErrorCode::Rejected);
    if (!zone && !isUntold)
        co_return tl::unexpected(std::move(zone).error());
    Servers servers;
    if (zone)
        servers = co_await serversOf(*zone, std::move(stop));
    m_found.insert(above, servers);
    co_return servers;
}

// Secondaries are found by name: the zone's NS records, and the addresses of those.
Task<QList<ServerAddress>> ZoneResolver::serversOf(QString zone, std::stop_token stop) const
{
    const auto machine = std::make_shared<NetworkResolver>(systemServers(), impatient);
    Servers servers;
    auto names = co_await m_resolvers->lookup(zone, RecordType::Ns, stop);
    const QList<Record> records = names ? names->records : QList<Record>();
    for (const Record& each : records) {
        const QString host = QString::fromLatin1(each.value);
        auto addresses = co_await addressesOf(m_resolvers, host, stop);
        if (addresses.isEmpty())
            addresses = co_await addressesOf(machine, host, stop);
        servers += addresses;
    }
    co_return servers.mid(0, mostServers);
}

} // namespace dns
