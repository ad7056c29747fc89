// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command_line.h"
#include "app/core_services.h"
#include "base/task_scope.h"

#include <QSocketNotifier>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace cli {

/// What one run of the program works with: the core over the data directory, and the wish to end.
class Session {
public:
    Session(GlobalOptions options, lifecycle::Origin origin);
    ~Session();

    base::Task<base::Result<void>> open(Command::Needs needs);
    /// Opens the vault, and makes it where there is none. Locked or WrongPassphrase where that cannot be.
    base::Task<base::Result<void>> openVault();
    /// Stops everything where it is. Await it before destroying this object.
    base::Task<void> close();

    /// Only once open() succeeded with Needs::Data or more.
    lifecycle::Engine& engine() { return m_services->engine(); }
    app::CoreServices& services() { return *m_services; }

    const GlobalOptions& options() const { return m_options; }
    /// Requested by SIGINT and SIGTERM. A second signal ends the process at once.
    std::stop_token stop() const { return m_stop.get_token(); }
    /// Lets running orders stop where they are, to be resumed later.
    void releaseOrders();
    /// Whether nothing more is to be begun: a stop was asked for, or orders were released.
    bool isEnding() const { return m_released || m_stop.stop_requested(); }
    /// How long opening the vault took; zero where it was not opened.
    std::chrono::milliseconds unlockTime() const { return m_unlockTime; }

private:
    base::Task<base::Result<void>> ensureVault();
    base::Task<base::Result<void>> unlockOrCreate(lifecycle::VaultStatus status);
    base::Task<base::Result<void>> useKeyring(lifecycle::VaultStatus status);
    void watchSignals();
    void requestStop();

    GlobalOptions m_options;
    lifecycle::Origin m_origin;
    std::unique_ptr<app::CoreServices> m_services;
    std::optional<QSocketNotifier> m_signals;
    std::stop_source m_stop;
    base::TaskScope m_scope;
    bool m_released = false;
    std::chrono::milliseconds m_unlockTime {0};
};

} // namespace cli
