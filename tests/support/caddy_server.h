// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace support {

struct CaddyOptions {
    // Caddy 2.6 knows none of them.
    QString lifetime = {}; ///< of certificates, as Go writes durations: "12h", which it is unless given
    QJsonObject policy = {}; ///< "allow", "deny" and "allow_wildcard_names"
    QString resolver = {}; ///< HOST:PORT of whom it asks about dns-01; this machine's unless given
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

    QString directoryUrl() const;
    QByteArray rootPem() const;
    /// What Caddy wrote so far, for failures.
    QByteArray log() const;

private:
    void configure(const CaddyOptions& options) const;
    void awaitListening();

    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
};

} // namespace support
