// SPDX-License-Identifier: Apache-2.0
#include "challenge/record_watch.h"

#include "dns/dynamic_update.h"
#include "dns/network_resolver.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using dns::RecordType;
using dns::ServerAddress;

constexpr qsizetype mostServers = 16;
constexpr dns::ExchangeLimits impatient {std::chrono::milliseconds(1000), 2};

bool shows(const dns::Lookup& lookup, const QByteArray& value)
{
    return std::any_of(lookup.records.cbegin(), lookup.records.cend(),
                       [&](const dns::Record& record) { return record.value == value; });
}

bool isAway(const base::Error& error)
{
    return error.code() == ErrorCode::Network || error.code() == ErrorCode::Timeout
        || error.code() == ErrorCode::Rejected;
}

QList<ServerAddress> addressesFrom(const Result<dns::Lookup>& answer)
{
    QList<ServerAddress> addresses;
    if (answer)
        for (const dns::Record& record : answer->records)
            addresses.append(ServerAddress {QString::fromLatin1(record.value)});
    return addresses;
}

Task<QList<ServerAddress>> addressesOf(std::shared_ptr<dns::Resolver> resolver, QString host, std::stop_token stop)
{
    auto answer = co_await resolver->lookup(host, RecordType::A, stop);
    if (!answer || !answer->isFound())
        answer = co_await resolver->lookup(host, RecordType::Aaaa, stop);
    co_return addressesFrom(answer);
}

} // namespace

RecordWatch::RecordWatch(base::Clock& clock, QStringList resolvers)
    : m_clock(clock)
    , m_polling({std::chrono::milliseconds(200), 1.5, std::chrono::seconds(5)})
{
    for (const QString& text : std::as_const(resolvers))
        if (const auto server = ServerAddress::parse(text))
            m_resolvers.append(*server);
}

Task<Result<void>> RecordWatch::seen(AwaitedRecord record, QString primary, std::stop_token stop) const
{
    Servers known = m_resolvers.isEmpty() ? dns::systemServers() : m_resolvers;
    if (const auto server = ServerAddress::parse(primary)) {
        known = {*server};
        auto there = co_await seenAt(record, *server, false, stop);
        if (!there)
            co_return there;
    }
    const Servers servers = co_await serversOf(record, known, stop);
    auto everywhere = co_await seenAtAll(record, servers, true, stop);
    if (!everywhere)
        co_return everywhere;
    const bool resolversOnly = primary.isEmpty() && servers.isEmpty() && m_resolvers.isEmpty();
    co_return co_await seenAtAll(record, resolversOnly ? known : m_resolvers, false, stop);
}

Task<Result<void>> RecordWatch::seenAtAll(AwaitedRecord record, Servers servers, bool mayBeAway,
                                          std::stop_token stop) const
{
    std::vector<Task<Result<void>>> watches;
    for (const ServerAddress& server : servers)
        watches.push_back(seenAt(record, server, mayBeAway, stop));
    std::optional<base::Error> failure;
    for (Task<Result<void>>& watch : watches) {
        auto there = co_await std::move(watch);
        if (!there && !failure)
            failure = std::move(there).error();
    }
    if (failure)
        co_return tl::unexpected(*std::move(failure));
    co_return Result<void>();
}

Task<Result<void>> RecordWatch::seenAt(AwaitedRecord record, ServerAddress server, bool mayBeAway,
                                       std::stop_token stop) const
{
    dns::NetworkResolver resolver({server}, mayBeAway ? impatient : dns::ExchangeLimits());
    const QDateTime end = m_clock.now().addSecs(record.patience.count());
    for (int attempt = 0;; ++attempt) {
        auto answer = co_await resolver.lookup(record.name, RecordType::Txt, stop);
        if (answer && shows(*answer, record.value))
            co_return Result<void>();
        if (stop.stop_requested())
            co_return base::failed(ErrorCode::Cancelled, u"stopped while waiting for %1"_s.arg(record.name));
        if (!answer && mayBeAway && isAway(answer.error()))
            co_return Result<void>(); // the authority has to do without it too
        if (m_clock.now() >= end)
            co_return base::failed(ErrorCode::Timeout,
                                   u"the DNS server %1 does not show the record %2, %3 seconds after it was "
                                   "put in place"_s.arg(server.toString(), record.name)
                                       .arg(record.patience.count()));
        co_await m_clock.sleep(m_polling.delay(attempt), stop);
    }
}

// Secondaries are found by name: the zone's NS records, and the addresses of those.
Task<RecordWatch::Servers> RecordWatch::serversOf(AwaitedRecord record, Servers asked, std::stop_token stop) const
{
    const auto resolver = std::make_shared<dns::NetworkResolver>(asked, impatient);
    const auto machine = std::make_shared<dns::NetworkResolver>(dns::systemServers(), impatient);
    Servers servers;
    Result<QString> zone = record.zone;
    if (record.zone.isEmpty())
        zone = co_await dns::zoneOf(resolver, record.name, stop);
    if (!zone)
        co_return std::as_const(servers);
    auto names = co_await resolver->lookup(*zone, RecordType::Ns, stop);
    const QList<dns::Record> records = names ? names->records : QList<dns::Record>();
    for (const dns::Record& each : records) {
        const QString host = QString::fromLatin1(each.value);
        auto addresses = co_await addressesOf(resolver, host, stop);
        if (addresses.isEmpty())
            addresses = co_await addressesOf(machine, host, stop);
        servers += addresses;
    }
    co_return servers.mid(0, mostServers);
}

} // namespace challenge
