// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <stop_token>

namespace practice {

/// A certificate profile of pebble 2.6 and later.
struct PebbleProfile {
    QString description;
    int validitySeconds = 90 * 24 * 3600;
};

/// How a pebble behaves. Members for a version that does not know them have no effect.
struct PebbleOptions {
    bool strict = false;
    int nonceReject = 5; ///< percent of good nonces refused
    int authzReuse = 50; ///< percent of valid authorizations reused
    bool eabRequired = false;
    QMap<QString, QString> eabKeys; ///< kid → base64url of the HMAC key
    QStringList blocklist; ///< domains refused with rejectedIdentifier
    std::optional<int> retryAfterAuthorization; ///< seconds; pebble 2.6 and later
    std::optional<int> retryAfterOrder; ///< seconds; pebble 2.6 and later
    bool noSleep = true; ///< without it challenges take up to 15 s
    QMap<QString, PebbleProfile> profiles; ///< pebble 2.6 and later
    std::optional<int> certificateValiditySeconds; ///< where no profiles are given
    quint16 port = 0; ///< of the directory; 0 takes a free one
    quint16 httpPort = 0; ///< where http-01 is validated; 0 takes a free one
    QStringList extraEnvironment; ///< "NAME=value"
};

/// The packaged pebble as practice CA: started on loopback with a TLS certificate of our own root, gone with the
/// object.
///
/// Where the package has pebble-challtestsrv, it serves as DNS and answers 127.0.0.1 for every name. The children die
/// with this process, however it ends: start() must be called on a thread that lives as long as the server is wanted.
class PebbleServer {
public:
    /// Writes configuration and TLS files below `folder` and completes when the directory answers.
    ///
    /// NotFound where no pebble is installed ($SEALWRIGHT_PEBBLE, else PATH); File, Timeout or Cancelled, with the last
    /// words of pebble's output, where it does not start.
    static base::Task<base::Result<std::unique_ptr<PebbleServer>>> start(PebbleOptions options, QString folder,
                                                                         std::stop_token stop);
    /// The program that start() would run, or nothing.
    static std::optional<QString> installedProgram();

    ~PebbleServer();
    PebbleServer(const PebbleServer&) = delete;
    PebbleServer& operator=(const PebbleServer&) = delete;

    /// "https://localhost:PORT/dir"
    QString directoryUrl() const;
    /// "https://localhost:PORT": /roots/0, /intermediates/0, /cert-status-by-serial/SERIAL.
    QString managementUrl() const;
    /// "http://127.0.0.1:PORT" of pebble-challtestsrv, or empty where it does not run.
    QString dnsManagementUrl() const;
    /// The root of the directory's TLS certificate, to be pinned. Issued certificates come from another one.
    QByteArray rootPem() const;
    /// The port at which http-01 answers are fetched.
    quint16 httpPort() const;
    /// The port at which tls-alpn-01 answers are fetched.
    quint16 tlsPort() const;
    /// "2.4.0" as far as the program tells, else empty.
    QString version() const;
    qint64 processId() const;
    bool isRunning() const;
    /// What it printed so far, the last 64 KiB.
    QByteArray output() const;

private:
    struct Private;
    explicit PebbleServer(std::unique_ptr<Private> server);
    std::unique_ptr<Private> d;
};

} // namespace practice
