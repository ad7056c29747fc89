// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/task.h"
#include "challenge/sftp_session.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <memory>
#include <stop_token>
#include <unordered_map>

namespace challenge {

/// Runs what solvers want done on other hosts: one sftp at a time for each host, a few at once in all.
///
/// What arrives for a host while its sftp runs, or in the same turn of the event loop, shares the next one, so that an
/// order of a hundred names takes a few connections. Lives on one thread, and outlives the tasks of run().
class SftpQueue : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t sessionsAtOnce = 8;
    static constexpr qsizetype jobsOfASession = 50;

    explicit SftpQueue(SshSettings settings);
    ~SftpQueue() override;

    /// Completes when the job has been done, or one of its commands failed. Errors are those of sftpFailure(), and
    /// about "webrootHost" too Timeout and NotFound (no sftp here); Cancelled. Jobs of one host are begun in the order
    /// of their calls.
    base::Task<base::Result<SftpReport>> run(SshHost host, SftpJob job, std::stop_token stop);

private:
    struct Request {
        quint64 number;
        SshHost host;
        SftpJob job;
        base::Delivery<base::Result<SftpReport>> done;
    };
    struct Running {
        std::unique_ptr<SftpSession> session;
        QList<Request> requests;
        QSet<quint64> stopped;
    };

    void startLater();
    void startWaiting();
    void start(const QString& host);
    QList<Request> takeWaiting(const QString& host);
    void share(const QString& host);
    void cancel(quint64 number);
    bool cancelWaiting(quint64 number);

    SshSettings m_settings;
    quint64 m_last = 0;
    QList<Request> m_waiting; ///< first come, first served
    std::unordered_map<QString, Running> m_running; ///< by host
};

} // namespace challenge
