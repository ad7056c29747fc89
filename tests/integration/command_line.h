// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "practice/pebble_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace integration {

/// How one run of sealwright-cli ended.
struct Run {
    int exitCode = -1; ///< -1 where it was killed
    QByteArray output;
    QByteArray errors;

    QJsonObject object() const { return QJsonDocument::fromJson(output).object(); }
    QJsonArray array() const { return QJsonDocument::fromJson(output).array(); }
};

/// The real program on a data directory of its own. Every call has `--json`.
///
/// Waits by event loop, so that a practice CA in this process goes on being listened to.
class CommandLine {
public:
    CommandLine();

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString dataFolder() const { return path(QStringLiteral("data")); }
    static QByteArray passphrase() { return "correct horse battery staple"; }

    Run run(const QStringList& arguments) const;
    /// The same with another passphrase file; empty: without one, without terminal and without keyring.
    Run runWith(const QString& passphraseFile, const QStringList& arguments) const;
    /// A process that is left to run; killed with this pointer.
    std::unique_ptr<QProcess> start(const QStringList& arguments) const;
    /// Runs the program and kills it (SIGKILL) as soon as it has announced `events` events of its orders.
    Run runAndKill(const QStringList& arguments, int events) const;

    /// Runs the program and kills it (SIGKILL) as soon as `reached` says so, or lets it end before.
    Run runAndKillWhen(const QStringList& arguments, const std::function<bool()>& reached) const;

    QString write(const QString& name, const QByteArray& bytes) const;

    /// Adds a practice CA as “pebble”, pinned to its root.
    Run addAuthority(const practice::PebbleServer& pebble) const;
    /// addAuthority() and an account there; fails the test program where that does not work.
    void prepare(const practice::PebbleServer& pebble) const;
    /// The words of an issuance over http-01 where the practice CA looks.
    static QStringList issuing(const QStringList& names, const practice::PebbleServer& pebble,
                               const QStringList& more = {});

private:
    std::unique_ptr<QProcess> make(const QString& passphraseFile, const QStringList& arguments) const;

    QTemporaryDir m_folder;
    QString m_passphraseFile;
};

/// Runs the event loop until the process has ended.
Run finished(QProcess& process);
/// Runs the event loop until the process has announced so many events: false where it ended before.
bool announced(QProcess& process, int events);

} // namespace integration
