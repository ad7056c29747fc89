// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/result.h"
#include "base/task.h"
#include "storage/connection.h"
#include "storage/data_directory.h"
#include "storage/database_job.h"
#include "storage/migrations.h"

#include <memory>
#include <type_traits>

namespace storage {

class DatabaseWorker;

/// The SQLite database of a data directory, on a thread of its own.
///
/// Changes that wait at the same time share one transaction, and so one sync to disk, but each succeeds or fails alone.
/// An answer arrives after the change is on disk. Destroying it finishes what was asked for and closes the file.
class Database {
public:
    /// Opens or creates the database and brings its schema to the newest version. A migration of an existing database
    /// needs the directory alone (Busy otherwise); Unsupported for a database from a newer program.
    static base::Task<base::Result<std::unique_ptr<Database>>> open(DataDirectory& directory,
                                                                    QList<Migration> steps = migrations());
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Calls `work(Connection&)`, which answers a Result, in a transaction of which it is all or nothing. Calls it
    /// again where the first transaction was undone because of somebody else's work.
    template <class Work>
    base::Task<std::invoke_result_t<Work, Connection&>> run(Work work)
    {
        return enqueue(DatabaseJob::Access::Write, std::move(work));
    }

    /// The same without the right to write: waits for no other process.
    template <class Work>
    base::Task<std::invoke_result_t<Work, Connection&>> read(Work work)
    {
        return enqueue(DatabaseJob::Access::Read, std::move(work));
    }

    /// Whether another connection, of any process, has changed something since the last call (or since opening).
    base::Task<base::Result<bool>> changedElsewhere();
    /// Writes a copy of the whole database to `path` (mode 0600). AlreadyExists when there is such a file.
    base::Task<base::Result<void>> backupTo(QString path);

private:
    Database();

    template <class Work>
    base::Task<std::invoke_result_t<Work, Connection&>> enqueue(DatabaseJob::Access access, Work work)
    {
        base::Delivery<std::invoke_result_t<Work, Connection&>> done;
        add(std::make_unique<DatabaseJobOf<Work>>(access, std::move(work), done));
        co_return co_await done;
    }

    void add(std::unique_ptr<DatabaseJob> job);

    std::unique_ptr<DatabaseWorker> m_worker;
    qint64 m_dataVersion = 0; // used by the worker's thread only
};

} // namespace storage
