// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/desktop/practice_proof.h"
#include "base/error.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace lifecycle {
class CertificateManager;
class Engine;
} // namespace lifecycle

namespace app {

/// The core on a thread of its own. Lives on the GUI thread, where its signals arrive.
class CoreThread : public QObject {
    Q_OBJECT

public:
    explicit CoreThread(QObject* parent = nullptr);
    /// Call stop() and await stopped() before, unless nothing was opened.
    ~CoreThread() override;

    /// Opens the data directory on the core's thread.
    void begin(const QString& dataFolder);
    /// A façade over the open core. Destroy it before calling stop().
    std::unique_ptr<lifecycle::CertificateManager> makeManager();
    /// From now on this program renews what is due and resumes what was interrupted.
    void startRenewing();
    /// Stops every run where it is and closes the data directory.
    void stop();

Q_SIGNALS:
    void opened();
    void failed(const base::Error& error);
    /// A practice CA runs; arrives before the answer of CertificateManager::startPracticeAuthority().
    void practiceStarted(const app::PracticeProof& proof);
    void stopped();

private:
    struct Core;

    QThread m_thread;
    std::shared_ptr<Core> m_core;
    QObject* m_anchor; ///< lives on the core's thread
    QString m_dataFolder;
};

} // namespace app
