// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/http_ledger.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "challenge/solver_factory.h"
#include "lifecycle/engine.h"
#include "lifecycle/stored_solvers.h"
#include "storage/storage.h"

#include <QString>

#include <memory>

namespace app {

/// The core put together over one data directory, for both programs. Lives on the thread that opened it.
class CoreServices {
public:
    /// Opens or creates the data directory; empty text means the default one. `program` names this process to others.
    /// Errors are those of storage::Storage::open().
    static base::Task<base::Result<std::unique_ptr<CoreServices>>> open(QString dataDirectory, QString program,
                                                                        lifecycle::Origin origin);
    ~CoreServices();
    CoreServices(const CoreServices&) = delete;
    CoreServices& operator=(const CoreServices&) = delete;

    lifecycle::Engine& engine() { return m_engine; }
    storage::Storage& storage() { return *m_storage; }
    /// What was sent to authorities so far.
    http::HttpStatistics httpStatistics() const { return m_http.total(); }
    /// Stops every run where it is. Await it before destroying this object.
    base::Task<void> drain();

private:
    CoreServices(std::unique_ptr<storage::Storage> storage, lifecycle::Origin origin);
    static challenge::SshSettings sshSettings();
    lifecycle::EngineParts parts(lifecycle::Origin origin);

    std::unique_ptr<storage::Storage> m_storage;
    base::SystemClock m_clock;
    lifecycle::StoredSolvers m_storedSolvers {m_storage->solvers(), m_storage->vault()};
    challenge::BuiltInSolvers m_solvers {m_storedSolvers, m_clock, sshSettings()};
    HttpLedger m_http;
    lifecycle::Engine m_engine;
};

} // namespace app
