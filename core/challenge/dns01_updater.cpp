// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_updater.h"

#include "dns/network_resolver.h"
#include "dns/record_place.h"
#include "dns/zone_resolver.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

/// Certbot's and dehydrated's hooks are told the name and find record and zone for themselves.
bool findsItsPlace(const SolverSettings& settings)
{
    return settings.method == DnsMethod::CertbotHooks || settings.method == DnsMethod::DehydratedHook;
}

/// Hooks are told a domain name, and make the record's name of it as dns-01 does.
bool isUnknownToHooks(const QString& record)
{
    return !record.startsWith("_acme-challenge."_L1);
}

/// Whether the server does not know the name, because its zone is served by others.
bool isOfOtherServers(const base::Error& error)
{
    return error.code() == ErrorCode::Rejected || error.code() == ErrorCode::NotFound;
}

Result<SolverSettings> chosenFrom(const QList<SolverSettings>& all, const QString& record, const QString& usual)
{
    if (const SolverSettings* found = settingsFor(all, record, usual))
        return *found;
    return base::failed(
        base::Error(ErrorCode::NotFound, u"no solver is set up that could be told about %1: add one"_s.arg(record))
            .about(u"solver"_s));
}

Result<SolverSettings> withId(const QList<SolverSettings>& all, const Dns01Place& place)
{
    for (const SolverSettings& each : all)
        if (each.id == place.settingsId)
            return each;
    return base::failed(ErrorCode::NotFound, u"the solver that put %1 in place was removed"_s.arg(place.name));
}

} // namespace

Dns01Updater::Dns01Updater(SolverStore& store, base::Clock& clock, QString usual, QStringList resolvers)
    : m_store(store)
    , m_providers(store, clock)
    , m_watch(clock, resolvers)
    , m_usual(std::move(usual))
    , m_resolvers(std::move(resolvers))
{
}

Result<std::shared_ptr<dns::Resolver>> Dns01Updater::resolverOf(const QString& server) const
{
    if (!server.isEmpty())
        return dns::resolverAsking(QStringList(server));
    auto servers = dns::serversOrSystem(m_resolvers);
    if (!servers)
        return base::failed(std::move(servers).error());
    return std::make_shared<dns::ZoneResolver>(*std::move(servers));
}

Task<Result<SolverSettings>> Dns01Updater::settings(QString record) const
{
    auto all = co_await m_store.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    co_return chosenFrom(*all, record, m_usual);
}

Task<Result<SolverSettings>> Dns01Updater::settingsOf(Dns01Place place) const
{
    auto all = co_await m_store.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    co_return withId(*all, place);
}

Task<Result<std::shared_ptr<DnsProvider>>> Dns01Updater::providerOf(Dns01Place place) const
{
    auto settings = co_await settingsOf(std::move(place));
    if (!settings)
        co_return tl::unexpected(std::move(settings).error());
    co_return co_await m_providers.make(*std::move(settings));
}

Task<Result<QString>> Dns01Updater::aliasElsewhere(QString record, base::Error failure, std::stop_token stop) const
{
    const auto others = resolverOf({});
    if (!others)
        co_return tl::unexpected(std::move(failure));
    auto alias = co_await dns::ownAlias(*others, std::move(record), std::move(stop));
    if (!alias || alias->isEmpty())
        co_return tl::unexpected(std::move(failure));
    co_return alias;
}

Task<Result<Dns01Place>> Dns01Updater::locate(QString record, std::stop_token stop) const
{
    return locateFrom(std::move(record), 0, std::move(stop));
}

// Calls itself for each alias: g++ 12 at -O2 breaks a loop that assigns the next name to a local.
Task<Result<Dns01Place>> Dns01Updater::locateFrom(QString name, int aliases, std::stop_token stop) const
{
    if (aliases > dns::mostAliases)
        co_return base::failed(ErrorCode::Protocol, u"%1: CNAME records lead in a circle or too far"_s.arg(name));
    auto chosen = co_await settings(name);
    if (!chosen)
        co_return tl::unexpected(std::move(chosen).error());
    if (findsItsPlace(*chosen) && isUnknownToHooks(name))
        co_return base::failed(
            base::Error(ErrorCode::Unsupported,
                        u"the hooks of “%1” only know records below _acme-challenge, not %2"_s.arg(chosen->name, name))
                .about(u"solver"_s));
    if (findsItsPlace(*chosen))
        co_return Dns01Place {name, {}, chosen->id};
    auto place = co_await locateWith(*std::move(chosen), std::move(name), aliases, std::move(stop));
    if (!place)
        co_return base::failed(std::move(place).error().about(u"solver"_s));
    co_return place;
}

Task<Result<Dns01Place>> Dns01Updater::locateWith(SolverSettings settings, QString name, int aliases,
                                                  std::stop_token stop) const
{
    const auto resolver = resolverOf(settings.server);
    if (!resolver)
        co_return tl::unexpected(resolver.error());
    auto alias = co_await dns::ownAlias(*resolver, name, stop);
    if (!alias && !settings.server.isEmpty() && isOfOtherServers(alias.error()))
        alias = co_await aliasElsewhere(name, alias.error(), stop);
    if (!alias)
        co_return tl::unexpected(std::move(alias).error());
    if (!alias->isEmpty())
        co_return co_await locateFrom(*std::move(alias), aliases + 1, std::move(stop));
    auto zone = co_await dns::zoneOf(*resolver, name, std::move(stop));
    if (!zone)
        co_return tl::unexpected(std::move(zone).error());
    co_return Dns01Place {name, *zone, settings.id};
}

Task<Result<void>> Dns01Updater::probe(Dns01Place place, std::stop_token stop) const
{
    auto provider = co_await providerOf(place);
    if (!provider)
        co_return base::failed(std::move(provider).error().about(u"solver"_s));
    auto allowed = co_await (*provider)->probe(std::move(place), std::move(stop));
    if (!allowed)
        co_return base::failed(std::move(allowed).error().about(u"solver"_s));
    co_return allowed;
}

Task<Result<QString>> Dns01Updater::add(Dns01Place place, QByteArray value, std::stop_token stop) const
{
    auto provider = co_await providerOf(place);
    if (!provider)
        co_return tl::unexpected(std::move(provider).error());
    co_return co_await (*provider)->add(std::move(place), std::move(value), std::move(stop));
}

Task<Result<void>> Dns01Updater::awaitSeen(Dns01Place place, QByteArray value, std::stop_token stop) const
{
    auto settings = co_await settingsOf(place);
    if (!settings)
        co_return tl::unexpected(std::move(settings).error());
    auto provider = co_await m_providers.make(*settings);
    if (!provider)
        co_return tl::unexpected(std::move(provider).error());
    const AwaitedRecord record {place.name, place.zone, value, (*provider)->patience()};
    co_return co_await m_watch.seen(record, settings->server, std::move(stop));
}

Task<bool> Dns01Updater::isByHand(Dns01Place place) const
{
    auto settings = co_await settingsOf(std::move(place));
    co_return settings && settings->method == DnsMethod::ByHand;
}

Task<Result<void>> Dns01Updater::remove(Dns01Place place, QByteArray value, QString receipt) const
{
    auto provider = co_await providerOf(place);
    if (!provider)
        co_return tl::unexpected(std::move(provider).error());
    co_return co_await (*provider)->remove(std::move(place), std::move(value), std::move(receipt));
}

} // namespace challenge
