// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_updater.h"
#include "lifecycle/accounts.h"
#include "lifecycle/journal.h"
#include "lifecycle/persist_record_repository.h"
#include "lifecycle/persist_records.h"
#include "lifecycle/repositories.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::Dns01Place;

/// What the account's record for the name said before; empty where there was none, or the same.
QByteArray formerValue(const QList<PersistRecord>& before, const PersistRecord& record)
{
    for (const PersistRecord& other : before)
        if (other.isInPlaceOf(record) && other.value != record.value)
            return other.value;
    return {};
}

/// Those that replace none that is watched.
QList<PersistRecord> newOnes(const QList<PersistRecord>& records, const QList<PersistRecord>& before)
{
    QList<PersistRecord> fresh;
    for (const PersistRecord& record : records)
        if (formerValue(before, record).isEmpty())
            fresh.append(record);
    return fresh;
}

/// A record whose place another one would take.
std::optional<PersistRecord> firstOfTwo(const QList<PersistRecord>& records)
{
    for (qsizetype i = 0; i < records.size(); ++i)
        for (qsizetype j = i + 1; j < records.size(); ++j)
            if (records[i].isInPlaceOf(records[j]))
                return records[i];
    return std::nullopt;
}

Task<Result<Dns01Place>> changeablePlace(challenge::Dns01Updater updater, QString record, std::stop_token stop)
{
    auto place = co_await updater.locate(std::move(record), stop);
    if (!place)
        co_return place;
    auto allowed = co_await updater.probe(*place, std::move(stop));
    if (!allowed)
        co_return tl::unexpected(std::move(allowed).error());
    co_return place;
}

/// Nobody would take anything out by such a solver.
Result<void> refuseHands(const QList<challenge::SolverSettings>& solvers, const Dns01Place& place)
{
    for (const challenge::SolverSettings& each : solvers)
        if (each.id == place.settingsId && each.method == challenge::DnsMethod::ByHand)
            return base::invalid(u"solver"_s,
                                 u"“%1” changes nothing by itself: take the record out by hand, and watch it no "
                                 "more"_s.arg(each.name));
    return {};
}

} // namespace

Task<Result<QStringList>> PersistRecords::resolversFor(PersistRecord record)
{
    auto account = co_await m_services.accounts.byId(record.accountId);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    auto authority = co_await m_services.repositories.authorities.byId(account->authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    co_return authority->resolvers;
}

Task<Result<QList<PersistRecord>>> PersistRecords::putInPlace(QList<PersistRecord> records, QString solverId,
                                                              std::stop_token stop)
{
    if (records.isEmpty())
        co_return records;
    if (const auto twice = firstOfTwo(records))
        co_return base::invalid(u"records"_s, u"there are two records for %1; choose one"_s.arg(twice->recordName()));
    auto resolvers = co_await resolversFor(records.constFirst());
    if (!resolvers)
        co_return tl::unexpected(std::move(resolvers).error());
    const challenge::Dns01Updater updater(m_solvers, m_services.clock, solverId, *resolvers);
    QList<Dns01Place> places;
    for (const PersistRecord& record : std::as_const(records)) {
        auto place = co_await changeablePlace(updater, record.recordName(), stop);
        if (!place)
            co_return base::failed(std::move(place), record.recordName());
        places.append(*std::move(place));
    }
    auto before = co_await watched();
    if (!before)
        co_return before;
    auto kept = co_await watch(newOnes(records, *before)); // a row before a request
    if (!kept)
        co_return kept;
    for (qsizetype i = 0; i < records.size(); ++i) {
        auto put = co_await replace(updater, places[i], formerValue(*before, records[i]), records[i].value, stop);
        if (!put)
            co_return base::failed(std::move(put), records[i].recordName());
    }
    // The row of one that was replaced tells until now which value had to go: a second try needs it.
    kept = co_await watch(std::move(records));
    if (!kept)
        co_return kept;
    for (const PersistRecord& record : std::as_const(*kept))
        co_await m_services.journal.done(u"record.place"_s, record.id, record.recordName(), Change::Solvers);
    co_return co_await check(*std::move(kept), std::move(stop));
}

Task<Result<void>> PersistRecords::replace(challenge::Dns01Updater updater, Dns01Place place, QByteArray former,
                                           QByteArray value, std::stop_token stop)
{
    auto added = co_await updater.add(place, value, stop);
    if (!added)
        co_return tl::unexpected(std::move(added).error());
    auto seen = co_await updater.awaitSeen(place, std::move(value), std::move(stop));
    if (!seen || former.isEmpty())
        co_return seen;
    co_return co_await updater.remove(std::move(place), std::move(former), QString());
}

Task<Result<void>> PersistRecords::removeFromDns(QStringList ids, QString solverId, std::stop_token stop)
{
    auto all = co_await watched();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    for (const QString& id : std::as_const(ids)) {
        const auto found = std::find_if(all->cbegin(), all->cend(), [&id](const auto& each) { return each.id == id; });
        if (found == all->cend())
            co_return base::failed(base::ErrorCode::NotFound, u"there is no watched record \"%1\""_s.arg(id.left(100)));
        auto removed = co_await removeFromDns(*found, solverId, stop);
        if (!removed)
            co_return base::failed(std::move(removed), found->recordName());
        auto forgotten = co_await forget(id);
        if (!forgotten)
            co_return forgotten;
    }
    co_return Result<void>();
}

Task<Result<void>> PersistRecords::removeFromDns(PersistRecord record, QString solverId, std::stop_token stop)
{
    auto resolvers = co_await resolversFor(record);
    if (!resolvers)
        co_return tl::unexpected(std::move(resolvers).error());
    const challenge::Dns01Updater updater(m_solvers, m_services.clock, solverId, *resolvers);
    auto place = co_await changeablePlace(updater, record.recordName(), std::move(stop));
    if (!place)
        co_return tl::unexpected(std::move(place).error());
    auto solvers = co_await m_solvers.all();
    if (!solvers)
        co_return tl::unexpected(std::move(solvers).error());
    if (auto able = refuseHands(*solvers, *place); !able)
        co_return able;
    auto removed = co_await updater.remove(*std::move(place), record.value, QString());
    if (removed)
        co_await m_services.journal.done(u"record.remove"_s, record.id, record.recordName(), Change::Solvers);
    co_return removed;
}

} // namespace lifecycle
