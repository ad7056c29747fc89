// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace support {

/// A root that Caddy is to have, with its key.
struct CaddyRoot {
    QByteArray certificatePem;
    QByteArray keyPem;
};

struct CaddyOptions {
    // Caddy 2.6 knows neither of these two.
    QJsonObject policy = {}; ///< "allow", "deny" and "allow_wildcard_names"
    QString resolver = {}; ///< HOST:PORT of whom it asks about dns-01; this machine's unless given

    QString host = QStringLiteral("localhost"); ///< the name or address under which it serves its directory
    QString ca = QStringLiteral("local"); ///< what it calls its authority, in the path of its directory
    CaddyRoot root = {}; ///< above its TLS certificate and what it issues; one that it makes unless given
};

/// Caddy's `acme_server` on loopback, which is Smallstep's ACME engine: its own data folder, no admin endpoint, and a
/// root that is never installed into the system. Validates http-01 on port 80 of the name and tls-alpn-01 on port 443,
/// as it cannot be told otherwise.
///
/// Ends the test program where caddy is missing or does not start: such a test must fail and not be skipped.
class CaddyServer {
public:
    /// `program` is the caddy to run; the installed one unless given.
    explicit CaddyServer(const CaddyOptions& options = {}, const QString& program = QStringLiteral("caddy"));
    ~CaddyServer();

    /// Stops it at once and starts it on the same port as `options` say, with the accounts and orders that it has:
    /// under another root, or renamed, as an operator would do it.
    void restart(const CaddyOptions& options);

    QString directoryUrl() const;
    QByteArray rootPem() const;
    /// How many requests it answered since it was started last.
    qsizetype requests() const;
    /// What Caddy wrote since it was started last, for failures.
    QByteArray log() const;

private:
    void start();
    void stop();
    void configure() const;
    void awaitListening();
    void rename(const QString& ca) const;
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString authorityFolder(const QString& ca) const;

    QTemporaryDir m_folder;
    CaddyOptions m_options;
    QString m_program;
    quint16 m_port;
    QProcess m_process;
};

} // namespace support
