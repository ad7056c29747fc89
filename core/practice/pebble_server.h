// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "practice/pebble_options.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <stop_token>

namespace practice {

/// The packaged pebble as practice CA: started on loopback with a TLS certificate of our own root, gone with the
/// object.
///
/// Where the package has pebble-challtestsrv, it serves as DNS and answers 127.0.0.1 for every name. The children die
/// with this process, however it ends: start() must be called on a thread that lives as long as the server is wanted.
class PebbleServer {
public:
    /// Writes configuration and TLS files below `folder` and completes when the directory answers. A folder used before
    /// keeps its root (practiceTls()).
    ///
    /// NotFound where no pebble is installed ($SEALWRIGHT_PEBBLE, else PATH); AddressInUse where a port that the
    /// options fix is taken; File; Timeout or Network, with the last words of pebble, where it does not answer;
    /// Cancelled.
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
