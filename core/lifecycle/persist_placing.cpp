// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_updater.h"
#include "lifecycle/accounts.h"
#include "lifecycle/journal.h"
#include "lifecycle/persist_record_repository.h"
#include "lifecycle/persist_records.h"
#include "lifecycle/repositories.h"

#include <QUuid>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::Dns01Place;

bool isSame(const PersistRecord& left, const PersistRecord& right)
{
    return left.accountId == right.accountId && left.name == right.name;
}

/// What the account's record for the name said before; empty where there was none, or the same.
QByteArray formerValue(const QList<PersistRecord>& before, const PersistRecord& record)
{
    for (const PersistRecord& other : before)
        if (isSame(other, record) && other.value != record.value)
            return other.value;
    return {};
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
    auto kept = co_await watch(std::move(records)); // a row before a request
    if (!kept)
        co_return kept;
    for (qsizetype i = 0; i < kept->size(); ++i) {
        const PersistRecord& record = kept->at(i);
        auto put = co_await replace(updater, places[i], formerValue(*before, record), record.value, stop);
        if (!put)
            co_return base::failed(std::move(put), record.recordName());
        co_await m_services.journal.done(u"record.place"_s, record.id, record.recordName(), Change::Solvers);
    }
    co_return co_await check(*std::move(kept), std::move(stop));
}

Task<Result<void>> PersistRecords::replace(challenge::Dns01Updater updater, Dns01Place place, QByteArray former,
                                           QByteArray value, std::stop_token stop)
{
    auto added = co_await updater.add(place, std::move(value), std::move(stop));
    if (!added || former.isEmpty())
        co_return added;
    co_return co_await updater.remove(std::move(place), std::move(former));
}

Task<Result<QList<PersistRecord>>> PersistRecords::watch(QList<PersistRecord> records)
{
    for (PersistRecord& record : records)
        if (record.id.isEmpty())
            record.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto stored = co_await m_services.repositories.persistRecords.put(records);
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    auto all = co_await watched();
    if (!all)
        co_return all;
    QList<PersistRecord> kept; // in the order given, each with the id that its account's record has had
    for (const PersistRecord& record : std::as_const(records)) {
        const auto found = std::find_if(all->cbegin(), all->cend(),
                                        [&record](const PersistRecord& other) { return isSame(record, other); });
        if (found != all->cend())
            kept.append(*found);
    }
    for (const PersistRecord& record : std::as_const(kept))
        co_await m_services.journal.done(u"record.watch"_s, record.id, record.recordName(), Change::Solvers);
    co_return kept;
}

Task<Result<QList<PersistRecord>>> PersistRecords::watched()
{
    return m_services.repositories.persistRecords.all();
}

Task<Result<void>> PersistRecords::forget(QString id)
{
    auto all = co_await watched();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    auto removed = co_await m_services.repositories.persistRecords.remove(id);
    if (!removed)
        co_return removed;
    for (const PersistRecord& record : std::as_const(*all))
        if (record.id == id)
            co_await m_services.journal.done(u"record.forget"_s, id, record.recordName(), Change::Solvers);
    co_return removed;
}

} // namespace lifecycle
