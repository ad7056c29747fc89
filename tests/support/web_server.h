// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace support {

/// Debian's nginx or HAProxy on a port of 127.0.0.1, with a folder of its own.
///
/// Ends the test program where it is missing or does not start: such a test must fail and not be skipped.
class WebServer {
public:
    /// nginx with one server; `directives` stand in its block.
    static std::unique_ptr<WebServer> nginx(quint16 port, const QByteArray& directives);
    /// HAProxy with these frontends and backends, one of which binds the port.
    static std::unique_ptr<WebServer> haproxy(quint16 port, const QByteArray& proxies);
    ~WebServer();

    /// What it wrote so far: a line for each request.
    QByteArray log() const;

private:
    explicit WebServer(quint16 port);
    void configure(QByteArray text) const;
    void start(const QString& program, const QStringList& arguments);
    QString path(QStringView name) const { return m_folder.filePath(name.toString()); }

    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
};

} // namespace support
