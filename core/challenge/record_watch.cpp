// SPDX-License-Identifier: Apache-2.0
#include "challenge/record_watch.h"

#include "dns/network_resolver.h"
#include "dns/record_place.h"
#include "dns/zone_resolver.h"

#include <algorithm>
#include <vector>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using dns::RecordType;
using dns::ServerAddress;

constexpr dns::ExchangeLimits impatient {std::chrono::milliseconds(1000), 2};

bool shows(const dns::Lookup& lookup, const QByteArray& value)
{
    return std::any_of(lookup.records.cbegin(), lookup.records.cend(),
                       [&](const dns::Record& record) { return record.value == value; });
}

/// Whether the server has nothing to say about the zone, to the authority neither.
bool isAway(const Result<dns::Lookup>& answer)
{
    if (answer)
        return answer->status == dns::Lookup::Status::Referral;
    return answer.error().code() == ErrorCode::Network || answer.error().code() == ErrorCode::Timeout
        || answer.error().code() == ErrorCode::Rejected;
}

base::Error notShown(const AwaitedRecord& record, const ServerAddress& server)
{
    return base::Error(ErrorCode::Timeout,
                       u"the DNS server %1 does not show the record %2, %3 seconds after it was put in place"_s
                           .arg(server.toString(), record.name)
                           .arg(record.patience.count()));
}

} // namespace

RecordWatch::RecordWatch(base::Clock& clock, QStringList resolvers, QString resolvConf)
    : m_clock(clock)
    , m_resolvConf(std::move(resolvConf))
    , m_polling({std::chrono::milliseconds(200), 1.5, std::chrono::seconds(5)})
{
    for (const QString& text : std::as_const(resolvers))
        if (const auto server = ServerAddress::parse(text))
            m_resolvers.append(*server);
}

Task<Result<void>> RecordWatch::seen(AwaitedRecord record, QString primary, std::stop_token stop) const
{
    Servers known = m_resolvers.isEmpty() ? dns::systemServers(m_resolvConf) : m_resolvers;
    if (const auto server = ServerAddress::parse(primary)) {
        known = {*server};
        auto there = co_await seenAt(record, *server, false, stop);
        if (!there)
            co_return tl::unexpected(std::move(there).error());
    }
    auto shown = co_await seenInZone(record, known, stop);
    if (!shown)
        co_return tl::unexpected(std::move(shown).error());
    const bool nobodyShowsIt = primary.isEmpty() && *shown == Sight::Away && m_resolvers.isEmpty();
    auto resolved = co_await seenAtAll(record, nobodyShowsIt ? known : m_resolvers, false, std::move(stop));
    if (!resolved)
        co_return tl::unexpected(std::move(resolved).error());
    co_return Result<void>();
}

Task<Result<RecordWatch::Sight>> RecordWatch::seenInZone(AwaitedRecord record, Servers asked,
                                                         std::stop_token stop) const
{
    const auto resolver = std::make_shared<dns::ZoneResolver>(std::move(asked));
    if (record.zone.isEmpty()) {
        const QString end = co_await dns::endOfOwnAliases(resolver, record.name, stop);
        record.name = end;
        auto zone = co_await dns::zoneOf(resolver, record.name, stop);
        if (!zone)
            co_return Sight::Away;
        record.zone = *std::move(zone);
    }
    const Servers servers = co_await resolver->serversOf(record.zone, stop);
    co_return co_await seenAtAll(std::move(record), servers, true, std::move(stop));
}

Task<Result<RecordWatch::Sight>> RecordWatch::seenAtAll(AwaitedRecord record, Servers servers, bool mayBeAway,
                                                        std::stop_token stop) const
{
    std::vector<Task<Result<Sight>>> watches;
    for (const ServerAddress& server : servers)
        watches.push_back(seenAt(record, server, mayBeAway, stop));
    Result<Sight> outcome = Sight::Away;
    for (Task<Result<Sight>>& watch : watches) {
        auto sight = co_await std::move(watch);
        if (outcome && (!sight || *sight == Sight::Shown))
            outcome = std::move(sight);
    }
    co_return outcome;
}

Task<Result<RecordWatch::Sight>> RecordWatch::seenAt(AwaitedRecord record, ServerAddress server, bool mayBeAway,
                                                     std::stop_token stop) const
{
    dns::NetworkResolver resolver({server}, mayBeAway ? impatient : dns::ExchangeLimits());
    const QDateTime end = m_clock.now().addSecs(record.patience.count());
    for (int attempt = 0;; ++attempt) {
        auto answer = co_await resolver.lookup(record.name, RecordType::Txt, stop);
        if (answer && shows(*answer, record.value))
            co_return Sight::Shown;
        if (stop.stop_requested())
            co_return base::failed(ErrorCode::Cancelled, u"stopped while waiting for %1"_s.arg(record.name));
        if (mayBeAway && isAway(answer))
            co_return Sight::Away; // the authority has to do without it too
        mayBeAway = mayBeAway && !answer; // one that has answered will be asked again by the authority too
        if (m_clock.now() >= end)
            co_return base::failed(notShown(record, server));
        co_await m_clock.sleep(m_polling.delay(attempt), stop);
    }
}

} // namespace challenge
