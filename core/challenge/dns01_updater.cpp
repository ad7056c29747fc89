// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_updater.h"

#include "dns/network_resolver.h"
#include "dns/tsig_key.h"

#include <algorithm>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr int mostAliases = 16;
constexpr quint32 ttl = 60; // seconds: resolvers that ask too early forget soon
constexpr qint64 longestWait = 120; // seconds

Result<std::shared_ptr<dns::Resolver>> resolverOf(const QString& server)
{
    const auto address = dns::ServerAddress::parse(server);
    if (!address)
        return base::failed(address.error());
    return std::make_shared<dns::NetworkResolver>(QList<dns::ServerAddress> {*address});
}

bool shows(const dns::Lookup& lookup, const QByteArray& value)
{
    return std::any_of(lookup.records.cbegin(), lookup.records.cend(),
                       [&](const dns::Record& record) { return record.value == value; });
}

Result<DnsUpdateSettings> chosenFrom(const QList<DnsUpdateSettings>& all, const QString& record, const QString& usual)
{
    if (const DnsUpdateSettings* found = settingsFor(all, record, usual))
        return *found;
    return base::failed(base::Error(ErrorCode::NotFound,
                                    u"no DNS server is set up that could be told about %1: add one, with its "
                                    "TSIG key"_s.arg(record))
                            .about(u"solver"_s));
}

Result<DnsUpdateSettings> withId(const QList<DnsUpdateSettings>& all, const Dns01Place& place)
{
    for (const DnsUpdateSettings& each : all)
        if (each.id == place.settingsId)
            return each;
    return base::failed(ErrorCode::NotFound,
                        u"the settings of the DNS server that %1 was put on were removed"_s.arg(place.name));
}

} // namespace

Dns01Updater::Dns01Updater(DnsUpdateStore& store, base::Clock& clock, QString usual)
    : m_store(store)
    , m_clock(clock)
    , m_usual(std::move(usual))
    , m_polling({std::chrono::milliseconds(200), 1.5, std::chrono::seconds(5)})
{
}

Task<Result<DnsUpdateSettings>> Dns01Updater::settings(QString record) const
{
    auto all = co_await m_store.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    co_return chosenFrom(*all, record, m_usual);
}

Task<Result<DnsUpdateSettings>> Dns01Updater::settingsOf(Dns01Place place) const
{
    auto all = co_await m_store.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    co_return withId(*all, place);
}

Task<Result<dns::DynamicUpdate>> Dns01Updater::updateOf(Dns01Place place) const
{
    auto settings = co_await settingsOf(place);
    if (!settings)
        co_return tl::unexpected(std::move(settings).error());
    auto address = dns::ServerAddress::parse(settings->server);
    if (!address)
        co_return tl::unexpected(std::move(address).error());
    auto key = co_await m_store.key(place.settingsId);
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    co_return dns::DynamicUpdate(*address, *key, m_clock);
}

Task<Result<QString>> Dns01Updater::aliasOf(QString record, QString server, std::stop_token stop) const
{
    auto resolver = resolverOf(server);
    if (!resolver)
        co_return tl::unexpected(std::move(resolver).error());
    auto answer = co_await (*resolver)->lookup(record, dns::RecordType::Cname, std::move(stop));
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    QString target;
    if (answer->isFound())
        target = QString::fromLatin1(answer->records.constFirst().value);
    co_return target;
}

Task<Result<Dns01Place>> Dns01Updater::locate(QString record, std::stop_token stop) const
{
    return locateFrom(std::move(record), 0, std::move(stop));
}

// Calls itself for each alias: g++ 12 at -O2 breaks a loop that assigns the next name to a local.
Task<Result<Dns01Place>> Dns01Updater::locateFrom(QString name, int aliases, std::stop_token stop) const
{
    if (aliases > mostAliases)
        co_return base::failed(ErrorCode::Protocol, u"%1: CNAME records lead in a circle or too far"_s.arg(name));
    auto chosen = co_await settings(name);
    if (!chosen)
        co_return tl::unexpected(std::move(chosen).error());
    auto alias = co_await aliasOf(name, chosen->server, stop);
    if (!alias)
        co_return base::failed(std::move(alias).error().about(u"solver"_s));
    if (!alias->isEmpty())
        co_return co_await locateFrom(*std::move(alias), aliases + 1, std::move(stop));
    auto resolver = resolverOf(chosen->server);
    if (!resolver)
        co_return tl::unexpected(std::move(resolver).error());
    auto zone = co_await dns::zoneOf(*resolver, name, stop);
    if (!zone)
        co_return base::failed(std::move(zone).error().about(u"solver"_s));
    co_return Dns01Place {name, *zone, chosen->id};
}

Task<Result<void>> Dns01Updater::probe(Dns01Place place, std::stop_token stop) const
{
    auto update = co_await updateOf(place);
    if (!update)
        co_return base::failed(std::move(update).error().about(u"solver"_s));
    auto allowed = co_await update->probe(place.zone, place.name, std::move(stop));
    if (!allowed)
        co_return base::failed(std::move(allowed).error().about(u"solver"_s));
    co_return allowed;
}

Task<Result<void>> Dns01Updater::add(Dns01Place place, QByteArray value, std::stop_token stop) const
{
    auto update = co_await updateOf(place);
    if (!update)
        co_return tl::unexpected(std::move(update).error());
    const dns::TextValue text {place.zone, place.name, value};
    auto added = co_await update->add(text, ttl, stop);
    if (!added)
        co_return added;
    co_return co_await awaitVisible(std::move(place), std::move(value), std::move(stop));
}

Task<Result<void>> Dns01Updater::awaitVisible(Dns01Place place, QByteArray value, std::stop_token stop) const
{
    auto settings = co_await settingsOf(place);
    if (!settings)
        co_return tl::unexpected(std::move(settings).error());
    auto resolver = resolverOf(settings->server);
    if (!resolver)
        co_return tl::unexpected(std::move(resolver).error());
    const QDateTime end = m_clock.now().addSecs(longestWait);
    for (int attempt = 0;; ++attempt) {
        auto answer = co_await (*resolver)->lookup(place.name, dns::RecordType::Txt, stop);
        if (answer && shows(*answer, value))
            co_return Result<void>();
        if (!answer && answer.error().code() == ErrorCode::Cancelled)
            co_return tl::unexpected(std::move(answer).error());
        if (m_clock.now() >= end)
            co_return base::failed(
                ErrorCode::Timeout,
                u"the DNS server %1 took the record %2 and does not show it"_s.arg(settings->server, place.name));
        co_await m_clock.sleep(m_polling.delay(attempt), stop);
    }
}

Task<Result<void>> Dns01Updater::remove(Dns01Place place, QByteArray value) const
{
    auto update = co_await updateOf(place);
    if (!update)
        co_return tl::unexpected(std::move(update).error());
    const dns::TextValue text {place.zone, place.name, value};
    const std::stop_token never;
    co_return co_await update->remove(text, never);
}

} // namespace challenge
