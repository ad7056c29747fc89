// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/solver_factory.h"
#include "lifecycle/accounts.h"
#include "lifecycle/authorities.h"
#include "lifecycle/engine.h"
#include "lifecycle/orders.h"
#include "lifecycle/stored_solvers.h"
#include "storage/storage.h"
#include "support/fake_clock.h"

#include <QTemporaryDir>

#include <memory>

namespace support {

/// A whole core over a folder of its own, with a clock whose waits pass at once. The network is real.
class Workshop {
public:
    Workshop();
    ~Workshop();

    lifecycle::Engine& engine() { return *m_engine; }
    storage::Storage& storage() { return *m_storage; }
    FakeClock& clock() { return m_clock; }
    QString folder() const { return m_folder.path(); }

    /// Stops everything where it is and begins anew on the same folder, as after the end of the program.
    void restart();
    void unlock();

    lifecycle::Authority addAuthority(const QUrl& directoryUrl, const QByteArray& rootPem,
                                      const QString& name = QStringLiteral("Test CA"));
    lifecycle::Account registerAccount(const QString& authorityId);
    /// A request over http-01 with the built-in responder on a free port.
    lifecycle::IssueRequest request(const QString& authorityId, const QStringList& names) const;
    /// Places an order and waits until it has ended or is interrupted.
    base::Result<lifecycle::OrderRecord> issue(const lifecycle::IssueRequest& request);
    quint16 responderPort() const { return m_port; }

private:
    void open();
    void close();

    QTemporaryDir m_folder;
    FakeClock m_clock;
    quint16 m_port;
    std::unique_ptr<storage::Storage> m_storage;
    std::unique_ptr<lifecycle::StoredSolvers> m_dnsUpdates;
    std::unique_ptr<challenge::BuiltInSolvers> m_solvers;
    std::unique_ptr<lifecycle::Engine> m_engine;
};

} // namespace support
