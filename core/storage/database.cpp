// SPDX-License-Identifier: Apache-2.0
#include "storage/database.h"

#include "storage/database_worker.h"

#include <QFile>

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

/// Waits for the disk at every commit, and keeps what is being sorted out of temporary files.
const QStringList settings {
    u"PRAGMA journal_mode = WAL"_s,   u"PRAGMA synchronous = FULL"_s,        u"PRAGMA foreign_keys = ON"_s,
    u"PRAGMA temp_store = MEMORY"_s,  u"PRAGMA cache_size = -32000"_s,       u"PRAGMA trusted_schema = OFF"_s,
    u"PRAGMA cell_size_check = ON"_s, u"PRAGMA wal_autocheckpoint = 4000"_s, u"PRAGMA journal_size_limit = 67108864"_s,
};

Result<void> applySettings(Connection& connection)
{
    for (const QString& setting : settings) {
        auto applied = connection.once(setting);
        if (!applied)
            return applied;
    }
    return {};
}

/// An empty database has no other user whom a first schema could disturb; any other is migrated alone.
Result<void> bringUpToDate(Connection& connection, DataDirectory& directory, const QList<Migration>& steps)
{
    auto version = schemaVersion(connection);
    if (!version)
        return base::failed(std::move(version).error());
    if (*version == 0 || *version > steps.last().version)
        return migrate(connection, steps);
    if (*version == steps.last().version)
        return {};
    return directory.alone([&] { return migrate(connection, steps); });
}

Result<qint64> dataVersion(Connection& connection)
{
    auto version = connection.first(u"PRAGMA data_version"_s, [](Row& row) { return row.number(); });
    return required(std::move(version), u"the database tells no version"_s);
}

} // namespace

Database::Database() = default;
Database::~Database() = default;

base::Task<Result<std::unique_ptr<Database>>> Database::open(DataDirectory& directory, QList<Migration> steps)
{
    base::Delivery<Result<void>> opened;
    std::unique_ptr<Database> database(new Database);
    // the version is looked at before anything is set: a database from the future stays as it is
    auto prepare = [&directory, steps, self = database.get()](Connection& connection) -> Result<void> {
        auto upToDate = bringUpToDate(connection, directory, steps);
        if (!upToDate)
            return upToDate;
        auto applied = applySettings(connection);
        if (!applied)
            return applied;
        auto version = dataVersion(connection);
        self->m_dataVersion = version.value_or(0);
        return {};
    };
    database->m_worker = std::make_unique<DatabaseWorker>(directory.databasePath(), std::move(prepare), opened);
    Result<void> outcome = co_await opened;
    if (!outcome)
        co_return base::failed(std::move(outcome), u"opening the database");
    co_return database;
}

void Database::add(std::unique_ptr<DatabaseJob> job)
{
    m_worker->add(std::move(job));
}

base::Task<Result<bool>> Database::changedElsewhere()
{
    return read([this](Connection& connection) -> Result<bool> {
        auto version = dataVersion(connection);
        if (!version)
            return base::failed(std::move(version).error());
        return std::exchange(m_dataVersion, *version) != *version;
    });
}

base::Task<Result<void>> Database::backupTo(QString path)
{
    return enqueue(DatabaseJob::Access::Alone, [path = std::move(path)](Connection& connection) -> Result<void> {
        // VACUUM INTO fills an empty file, so the file can have its mode before it has content
        QFile file(path);
        if (QFile::exists(path))
            return base::failed(base::ErrorCode::AlreadyExists, u"%1 exists already"_s.arg(path));
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
            return base::failed(base::ErrorCode::File, u"%1: %2"_s.arg(path, file.errorString()));
        file.close();
        auto copied = connection.run(u"VACUUM INTO ?"_s, path);
        if (copied)
            return {};
        file.remove();
        return base::failed(std::move(copied), u"writing the backup");
    });
}

} // namespace storage
