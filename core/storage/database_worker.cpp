// SPDX-License-Identifier: Apache-2.0
#include "storage/database_worker.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUuid>

#include <algorithm>

namespace storage {
namespace {

using namespace Qt::StringLiterals;

using Jobs = std::vector<std::unique_ptr<DatabaseJob>>;
using Access = DatabaseJob::Access;

/// Jobs that share one transaction.
class Batch {
public:
    Batch(Connection& connection, Jobs jobs)
        : m_connection(connection)
        , m_jobs(std::move(jobs))
    {
    }

    void perform(const QString& begin)
    {
        if (m_jobs.empty())
            return;
        auto outcome = attemptTogether(begin);
        if (outcome && !*outcome && m_jobs.size() > 1)
            outcome = attemptApart(begin);
        if (!outcome) {
            for (const auto& job : m_jobs)
                job->fail(outcome.error());
        }
        for (const auto& job : m_jobs)
            job->deliver();
    }

private:
    /// Whether every job succeeded; nothing has changed otherwise. A failure is one of the transaction itself.
    base::Result<bool> attemptTogether(const QString& begin)
    {
        if (auto begun = m_connection.run(begin); !begun)
            return base::failed(std::move(begun).error());
        for (const auto& job : m_jobs)
            if (!job->attempt(m_connection)) {
                rollBack();
                return false;
            }
        return commit();
    }

    /// The slower way, which undoes only what the jobs that fail did.
    base::Result<bool> attemptApart(const QString& begin)
    {
        if (auto begun = m_connection.run(begin); !begun)
            return base::failed(std::move(begun).error());
        for (const auto& job : m_jobs) {
            auto attempted = attemptWithin(*job);
            if (!attempted) {
                rollBack();
                return base::failed(std::move(attempted).error());
            }
        }
        return commit();
    }

    base::Result<int> attemptWithin(DatabaseJob& job)
    {
        auto outcome = m_connection.run(u"SAVEPOINT job"_s);
        if (!outcome)
            return outcome;
        if (!job.attempt(m_connection))
            outcome = m_connection.run(u"ROLLBACK TO job"_s); // fails where SQLite gave up the whole transaction
        return outcome ? m_connection.run(u"RELEASE job"_s) : outcome;
    }

    base::Result<bool> commit()
    {
        if (auto committed = m_connection.run(u"COMMIT"_s); !committed) {
            rollBack();
            return base::failed(std::move(committed).error());
        }
        return true;
    }

    void rollBack() { (void)m_connection.run(u"ROLLBACK"_s); } // may be over already, which is as good

    Connection& m_connection;
    Jobs m_jobs;
};

Jobs takeOf(Access access, Jobs& jobs)
{
    Jobs taken;
    for (auto& job : jobs)
        if (job && job->access() == access)
            taken.push_back(std::move(job));
    return taken;
}

/// SQLite gives its other files the mode of this one.
base::Result<void> createPrivately(const QString& path)
{
    QFile file(path);
    const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!file.open(QIODevice::ReadWrite, mode))
        return base::failed(base::ErrorCode::File, u"%1: %2"_s.arg(path, file.errorString()));
    file.setPermissions(mode);
    return {};
}

base::Result<void> openFile(const QString& connectionName, const QString& path)
{
    auto created = createPrivately(path);
    if (!created)
        return created;
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connectionName);
    database.setDatabaseName(path);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s);
    if (!database.open())
        return base::failed(base::ErrorCode::Storage, u"%1: %2"_s.arg(path, database.lastError().text()));
    return {};
}

} // namespace

DatabaseWorker::DatabaseWorker(QString path, std::function<base::Result<void>(Connection&)> prepare,
                               base::Delivery<base::Result<void>> opened)
    : m_thread([this, path = std::move(path), prepare = std::move(prepare), opened = std::move(opened)] {
        live(path, prepare, opened);
    })
{
}

DatabaseWorker::~DatabaseWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_arrived.notify_one();
    m_thread.join();
}

void DatabaseWorker::add(std::unique_ptr<DatabaseJob> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(job));
    }
    m_arrived.notify_one();
}

void DatabaseWorker::live(const QString& path, const std::function<base::Result<void>(Connection&)>& prepare,
                          const base::Delivery<base::Result<void>>& opened)
{
    const QString connectionName = QUuid::createUuid().toString();
    {
        auto outcome = openFile(connectionName, path);
        Connection connection(connectionName);
        if (outcome)
            outcome = prepare(connection);
        const bool usable = outcome.has_value();
        opened.deliver(std::move(outcome));
        if (usable)
            work(connection);
    }
    QSqlDatabase::removeDatabase(connectionName);
}

void DatabaseWorker::work(Connection& connection)
{
    for (Jobs jobs = takeAll(); !jobs.empty(); jobs = takeAll()) {
        Batch(connection, takeOf(Access::Write, jobs)).perform(u"BEGIN IMMEDIATE"_s);
        Batch(connection, takeOf(Access::Read, jobs)).perform(u"BEGIN"_s);
        for (const auto& job : takeOf(Access::Alone, jobs)) {
            job->attempt(connection);
            job->deliver();
        }
    }
}

DatabaseWorker::Jobs DatabaseWorker::takeAll()
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
    return std::exchange(m_waiting, {});
}

} // namespace storage
