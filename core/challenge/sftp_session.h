// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/ssh_host.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <optional>

namespace challenge {

/// One line of an sftp batch (sftp(1), INTERACTIVE COMMANDS).
struct SftpCommand {
    QByteArray verb; ///< with "-" in front where it may fail
    QByteArray argument; ///< the path on the other host, quoted where it needs to be
    std::optional<QByteArray> upload; ///< what a put transfers
};

using SftpJob = QList<SftpCommand>;

/// How far a batch got.
struct SftpReport {
    QList<QByteArray> said; ///< what each command that was begun said; nothing where all went well
    bool failed = false; ///< whether the last one of them ended the batch
};

/// `path` as one argument of sftp, with nothing in it that sftp would read as a quote or a pattern.
QByteArray sftpQuoted(const QString& path);

/// One run of the system's sftp with a batch on its standard input.
///
/// Never asks for anything, and takes no host key that known_hosts has not. ssh's configuration may say the rest (user,
/// key, jump host).
class SftpSession : public QObject {
    Q_OBJECT

public:
    SftpSession(SshHost host, SftpJob commands, SshSettings settings);
    ~SftpSession() override;

    /// ended() comes later, also where it cannot be started.
    void start();
    /// Makes it end soon, as Cancelled.
    void stop();
    /// What came of it, once ended() was emitted: an error where the host could not be used at all (sftpFailure()).
    const base::Result<SftpReport>& outcome() const { return m_outcome; }

Q_SIGNALS:
    void ended();

private:
    base::Result<QByteArray> writeBatch() const;
    void read();
    void finish();
    base::Result<SftpReport> report() const;
    void end(base::Result<SftpReport> outcome);
    void giveUp(base::Error why);

    SshHost m_host;
    SftpJob m_commands;
    SshSettings m_settings;
    QTemporaryDir m_folder; ///< of the files that are put
    QProcess m_process;
    QTimer m_patience;
    QByteArray m_output;
    std::optional<base::Error> m_gaveUp;
    base::Result<SftpReport> m_outcome;
};

} // namespace challenge
