// SPDX-License-Identifier: Apache-2.0
#include "dns/record_place.h"

#include "crypto/random.h"
#include "dns/network_resolver.h"

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

/// The CNAME record of `name`, not followed. NotFound where the server refers to others.
Task<Result<Lookup>> aliasAt(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop)
{
    auto answer = co_await resolver->lookup(name, RecordType::Cname, std::move(stop));
    if (answer && answer->status == Lookup::Status::Referral)
        co_return base::failed(ErrorCode::NotFound,
                               u"the DNS server that was asked does not serve the zone of %1"_s.arg(name));
    co_return answer;
}

QString targetOf(const Lookup& alias)
{
    return alias.isFound() ? QString::fromLatin1(alias.records.constFirst().value) : QString();
}

/// A name beside `name` that nobody made a record for.
QString siblingOf(const QString& name)
{
    constexpr int unguessable = 16;
    return u"_sealwright-%1.%2"_s.arg(QString::fromLatin1(crypto::randomBytes(unguessable).toHex()), parentName(name));
}

// Calls itself for each alias: g++ 12 at -O2 breaks a loop that assigns the next name to a local.
Task<QString> endFrom(std::shared_ptr<Resolver> resolver, QString name, int aliases, std::stop_token stop)
{
    auto target = co_await ownAlias(resolver, name, stop);
    if (!target || target->isEmpty() || aliases > mostAliases)
        co_return name;
    co_return co_await endFrom(std::move(resolver), *std::move(target), aliases + 1, std::move(stop));
}

/// The name and every name above it but the root.
QStringList upwardsFrom(const QString& name)
{
    QStringList names;
    for (QString at = name; !at.isEmpty(); at = parentName(at))
        names.append(at);
    return names;
}

/// Empty where `name` tells none: what follows an alias would be told of another name.
Task<Result<QString>> zoneToldAt(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop)
{
    auto alias = co_await aliasAt(resolver, name, stop);
    if (!alias)
        co_return tl::unexpected(std::move(alias).error());
    if (alias->isFound())
        co_return QString();
    if (!alias->zone.isEmpty())
        co_return alias->zone;
    auto start = co_await resolver->lookup(name, RecordType::Soa, std::move(stop));
    if (!start)
        co_return tl::unexpected(std::move(start).error());
    co_return start->isFound() ? start->name : start->zone;
}

} // namespace

Task<Result<QString>> ownAlias(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop)
{
    auto alias = co_await aliasAt(resolver, name, stop);
    if (!alias)
        co_return tl::unexpected(std::move(alias).error());
    const QString target = targetOf(*alias);
    if (target.isEmpty())
        co_return target;
    const QString sibling = siblingOf(name);
    auto besides = co_await aliasAt(std::move(resolver), sibling, std::move(stop));
    const bool isOfWildcard = besides && targetOf(*besides) == target;
    co_return isOfWildcard ? QString() : target;
}

Task<QString> endOfOwnAliases(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop)
{
    return endFrom(std::move(resolver), std::move(name), 0, std::move(stop));
}

Task<Result<QString>> zoneOf(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop)
{
    const QStringList candidates = upwardsFrom(normalName(name));
    for (const QString& candidate : candidates) {
        auto zone = co_await zoneToldAt(resolver, candidate, stop);
        if (!zone)
            co_return zone;
        if (!zone->isEmpty() && isWithin(candidates.constFirst(), *zone))
            co_return zone;
    }
    co_return base::failed(ErrorCode::NotFound, u"no zone was found that %1 lies in"_s.arg(name));
}

} // namespace dns
