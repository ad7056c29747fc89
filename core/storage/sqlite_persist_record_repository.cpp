// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_persist_record_repository.h"

#include "storage/database.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::PersistRecord;

PersistRecord recordFrom(Row& row)
{
    PersistRecord record;
    record.id = row.text();
    record.accountId = row.text();
    record.name = row.text();
    record.value = row.bytes();
    record.createdAt = row.time();
    record.checkedAt = row.time();
    record.verdict = challenge::persistVerdictFromName(row.text());
    record.detail = row.text();
    return record;
}

QString verdictText(const PersistRecord& record)
{
    return record.verdict ? challenge::persistVerdictName(*record.verdict) : QString();
}

} // namespace

base::Task<Result<QList<PersistRecord>>> SqlitePersistRecordRepository::all()
{
    return m_database.read([](Connection& connection) {
        return connection.list(u"SELECT id, account_id, name, value, created_at, checked_at, verdict, detail "
                               "FROM persist_record ORDER BY name, account_id"_s,
                               recordFrom);
    });
}

// What was found is about the value: another value was never looked for.
base::Task<Result<void>> SqlitePersistRecordRepository::put(QList<PersistRecord> records)
{
    return m_database.run([records = std::move(records)](Connection& connection) -> Result<void> {
        for (const PersistRecord& record : records) {
            auto stored = whetherDone(connection.run(
                u"INSERT INTO persist_record (id, account_id, name, value, created_at, checked_at, verdict, detail) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value, "
                "created_at = excluded.created_at, checked_at = excluded.checked_at, verdict = excluded.verdict, "
                "detail = excluded.detail WHERE persist_record.value <> excluded.value"_s,
                record.id, record.accountId, record.name, record.value, record.createdAt, record.checkedAt,
                verdictText(record), record.detail));
            if (!stored)
                return stored;
        }
        return {};
    });
}

base::Task<Result<void>> SqlitePersistRecordRepository::noteFindings(QList<PersistRecord> records)
{
    return m_database.run([records = std::move(records)](Connection& connection) -> Result<void> {
        for (const PersistRecord& record : records) {
            auto noted = whetherDone(connection.run(
                u"UPDATE persist_record SET checked_at = ?, verdict = ?, detail = ? WHERE id = ? AND value = ?"_s,
                record.checkedAt, verdictText(record), record.detail, record.id, record.value));
            if (!noted)
                return noted;
        }
        return {};
    });
}

base::Task<Result<void>> SqlitePersistRecordRepository::remove(QString id)
{
    return m_database.run([id = std::move(id)](Connection& connection) {
        return required(connection.run(u"DELETE FROM persist_record WHERE id = ?"_s, id),
                        u"there is no such watched record"_s);
    });
}

} // namespace storage
