// SPDX-License-Identifier: Apache-2.0
#include "support/caddy_server.h"

#include "base/child_process.h"
#include "support/free_port.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcessEnvironment>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int longestStart = 30'000; // ms

constexpr auto configuration = R"({
"admin": {"disabled": true},
"storage": {"module": "file_system", "root": "%FOLDER%/data"},
"apps": {
  "pki": {"certificate_authorities": {"local": {"install_trust": false}}},
  "http": {"servers": {"acme": {
    "listen": ["127.0.0.1:%PORT%"],
    "protocols": ["h1", "h2"],
    "tls_connection_policies": [{}],
    "automatic_https": {"disable_redirects": true},
    "routes": [{"match": [{"host": ["localhost"]}], "handle": [%HANDLER%], "terminal": true}]}}},
  "tls": {"automation": {"policies": [{"subjects": ["localhost"], "issuers": [{"module": "internal"}]}]}}}
})";

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

CaddyServer::CaddyServer(const CaddyOptions& options, const QString& program)
    : m_port(freePort())
{
    configure(options);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s})
        environment.insert(name, m_folder.path());
    m_process.setProcessEnvironment(environment);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(m_folder.filePath(u"log"_s));
    base::platform::tieToThisThread(m_process); // also where the test aborts
    m_process.start(program, {u"run"_s, u"--config"_s, m_folder.filePath(u"caddy.json"_s)});
    if (!m_process.waitForStarted())
        qFatal("caddy is needed for this test (packaging/requirements test): %s", qPrintable(m_process.errorString()));
    awaitListening();
}

CaddyServer::~CaddyServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

QString CaddyServer::directoryUrl() const
{
    return u"https://localhost:%1/acme/local/directory"_s.arg(m_port);
}

QByteArray CaddyServer::rootPem() const
{
    return contents(m_folder.filePath(u"data/pki/authorities/local/root.crt"_s));
}

QByteArray CaddyServer::log() const
{
    return contents(m_folder.filePath(u"log"_s));
}

void CaddyServer::configure(const CaddyOptions& options) const
{
    QJsonObject handler {{u"handler"_s, u"acme_server"_s}};
    if (!options.lifetime.isEmpty())
        handler[u"lifetime"_s] = options.lifetime;
    if (!options.policy.isEmpty())
        handler[u"policy"_s] = options.policy;
    if (!options.resolver.isEmpty())
        handler[u"resolvers"_s] = QJsonArray {options.resolver};
    QByteArray text(configuration);
    text.replace("%FOLDER%", m_folder.path().toUtf8()).replace("%PORT%", QByteArray::number(m_port));
    text.replace("%HANDLER%", QJsonDocument(handler).toJson());
    QFile file(m_folder.filePath(u"caddy.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

void CaddyServer::awaitListening()
{
    QElapsedTimer elapsed;
    elapsed.start();
    // Its own TLS certificate is there a moment after it listens.
    while (!log().contains("certificate obtained successfully"))
        if (m_process.waitForFinished(20) || elapsed.hasExpired(longestStart))
            qFatal("caddy did not start: %s", log().constData());
}

} // namespace support
