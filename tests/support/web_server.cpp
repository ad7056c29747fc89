// SPDX-License-Identifier: Apache-2.0
#include "support/web_server.h"

#include "base/child_process.h"

#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int patience = 30'000; // ms

// one process, that of whoever runs the test, who alone may look into the folders of tests
constexpr auto nginxConfig = R"(daemon off;
master_process off;
pid "%FOLDER%/pid";
events { }
http {
    access_log "%FOLDER%/log";
    client_body_temp_path "%FOLDER%/body";
    proxy_temp_path "%FOLDER%/proxy";
    fastcgi_temp_path "%FOLDER%/fastcgi";
    uwsgi_temp_path "%FOLDER%/uwsgi";
    scgi_temp_path "%FOLDER%/scgi";
    server {
        listen 127.0.0.1:%PORT%;
%TEXT%
    }
}
)";

constexpr auto haproxyConfig = R"(global
    log stdout format raw local0
defaults
    log global
    option httplog
    timeout connect 10s
    timeout client 10s
    timeout server 10s
%TEXT%
)";

bool listens(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(patience / 100);
}

QString programOf(const QString& name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? u"/usr/sbin/"_s + name : found;
}

} // namespace

WebServer::WebServer(quint16 port)
    : m_port(port)
{
}

WebServer::~WebServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

std::unique_ptr<WebServer> WebServer::nginx(quint16 port, const QByteArray& directives)
{
    std::unique_ptr<WebServer> server(new WebServer(port));
    server->configure(QByteArray(nginxConfig).replace("%TEXT%", directives));
    server->start(u"nginx"_s, {u"-e"_s, server->path(u"log"), u"-c"_s, server->path(u"conf")});
    return server;
}

std::unique_ptr<WebServer> WebServer::haproxy(quint16 port, const QByteArray& proxies)
{
    std::unique_ptr<WebServer> server(new WebServer(port));
    server->configure(QByteArray(haproxyConfig).replace("%TEXT%", proxies));
    server->start(u"haproxy"_s, {u"-db"_s, u"-f"_s, server->path(u"conf")});
    return server;
}

QByteArray WebServer::log() const
{
    QFile file(path(u"log"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void WebServer::configure(QByteArray text) const
{
    text.replace("%FOLDER%", m_folder.path().toUtf8()).replace("%PORT%", QByteArray::number(m_port));
    QFile file(path(u"conf"));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

void WebServer::start(const QString& program, const QStringList& arguments)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(path(u"log"), QIODevice::Append);
    base::platform::tieToThisThread(m_process); // also where the test aborts
    m_process.start(programOf(program), arguments);
    if (!m_process.waitForStarted())
        qFatal("%s is needed for this test (packaging/requirements test)", qPrintable(program));
    const auto ready = [this] { return listens(m_port) || m_process.state() == QProcess::NotRunning; };
    if (!QTest::qWaitFor(ready, patience) || m_process.state() == QProcess::NotRunning)
        qFatal("%s did not start: %s", qPrintable(program), log().constData());
}

} // namespace support
