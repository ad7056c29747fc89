// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/journal.h"
#include "lifecycle/persist_record_repository.h"
#include "lifecycle/persist_records.h"
#include "lifecycle/repositories.h"

#include <QUuid>

#include <algorithm>

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

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
                                        [&record](const PersistRecord& other) { return other.isInPlaceOf(record); });
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
