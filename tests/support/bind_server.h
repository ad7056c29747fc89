// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace support {

/// A TSIG key that a BindServer accepts.
struct BindKey {
    QString name;
    QString algorithm = QStringLiteral("hmac-sha256");
    QByteArray secret; ///< base64

    /// The clause of named.conf, which is also what `nsupdate -k` takes as a file.
    QByteArray clause() const;
};

/// A primary zone of a BindServer.
struct BindZone {
    QString name;
    QByteArray records; ///< as in a zone file, below the SOA and NS records that every zone gets
    QString updateKey; ///< the name of the key that may update it; empty: nobody may
    QString primary = {}; ///< "ADDRESS:PORT" that it is copied from, once a second; empty: it is the primary itself
};

/// Debian's `named` on one loopback port (UDP and TCP), authoritative for its zones, with a folder of its own.
///
/// Ends the test program where named is missing or does not start: such a test must fail and not be skipped.
class BindServer {
public:
    /// What it answers beyond its zones.
    enum class Service {
        Authoritative, ///< nothing: it refuses, and does not follow an alias from one zone into another
        Resolving, ///< as a resolver whose whole world are these zones
    };

    explicit BindServer(const QList<BindZone>& zones, const QList<BindKey>& keys = {},
                        Service service = Service::Authoritative);
    ~BindServer();

    quint16 port() const { return m_port; }
    /// "127.0.0.1:PORT"
    QString address() const;
    /// What it wrote so far, for failures.
    QByteArray log() const;
    /// Whether anybody asked it for a record of that name.
    bool wasAskedFor(const QString& name) const;

private:
    void configure(const QList<BindZone>& zones, const QList<BindKey>& keys, Service service) const;
    void awaitRunning();

    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
};

} // namespace support
