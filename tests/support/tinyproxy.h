// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace support {

/// Debian's tinyproxy on loopback, an HTTP CONNECT proxy that wants a user name and a password (RFC 7617).
///
/// Ends the test program where it is missing or does not start: such a test must fail and not be skipped.
class Tinyproxy {
public:
    Tinyproxy(const QString& user, const QString& password);
    ~Tinyproxy();

    /// "http://127.0.0.1:PORT"
    QString url() const;
    /// What it wrote so far: a line for each request.
    QByteArray log() const;

private:
    void awaitListening();

    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
};

} // namespace support
