// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/result.h"
#include "storage/connection.h"
#include "storage/database_job.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace storage {

/// The thread that owns the connection: takes all jobs that wait, commits their changes together, then answers.
class DatabaseWorker {
public:
    /// Opens the file at `path` (created with mode 0600), lets `prepare` bring it into shape, and delivers how that
    /// went.
    DatabaseWorker(QString path, std::function<base::Result<void>(Connection&)> prepare,
                   base::Delivery<base::Result<void>> opened);
    /// Finishes the jobs that wait.
    ~DatabaseWorker();
    DatabaseWorker(const DatabaseWorker&) = delete;
    DatabaseWorker& operator=(const DatabaseWorker&) = delete;

    void add(std::unique_ptr<DatabaseJob> job);

private:
    using Jobs = std::vector<std::unique_ptr<DatabaseJob>>;

    void live(const QString& path, const std::function<base::Result<void>(Connection&)>& prepare,
              const base::Delivery<base::Result<void>>& opened);
    void work(Connection& connection);
    Jobs takeAll();

    std::mutex m_mutex;
    std::condition_variable m_arrived;
    Jobs m_waiting;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace storage
