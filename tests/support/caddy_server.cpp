// SPDX-License-Identifier: Apache-2.0
#include "support/caddy_server.h"

#include "base/child_process.h"
#include "support/free_port.h"

#include <QDir>
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
  "pki": {"certificate_authorities": {"%CA%": %AUTHORITY%}},
  "http": {"grace_period": "1s", "servers": {"acme": {
    "listen": ["127.0.0.1:%PORT%"],
    "protocols": ["h1", "h2"],
    "logs": {},
    "tls_connection_policies": [{}],
    "automatic_https": {"disable_redirects": true},
    "routes": [{"match": [{"host": ["%HOST%"]}], "handle": [%HANDLER%], "terminal": true}]}}},
  "tls": {"automation": {"policies": [
    {"subjects": ["%HOST%"], "issuers": [{"module": "internal", "ca": "%CA%"}]}]}}}
})";

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

CaddyServer::CaddyServer(const CaddyOptions& options, const QString& program)
    : m_options(options)
    , m_program(program)
    , m_port(freePort())
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s})
        environment.insert(name, m_folder.path());
    m_process.setProcessEnvironment(environment);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(path(u"log"_s));
    base::platform::tieToThisThread(m_process); // also where the test aborts
    start();
}

CaddyServer::~CaddyServer()
{
    stop();
}

void CaddyServer::start()
{
    configure();
    m_process.start(m_program, {u"run"_s, u"--config"_s, path(u"caddy.json"_s)});
    if (!m_process.waitForStarted())
        qFatal("caddy is needed for this test (packaging/requirements test): %s", qPrintable(m_process.errorString()));
    awaitListening();
}

void CaddyServer::stop()
{
    m_process.kill();
    m_process.waitForFinished();
}

void CaddyServer::restart(const CaddyOptions& options)
{
    m_process.terminate(); // killed, it leaves locks behind that the next one waits for
    m_process.waitForFinished();
    stop();
    if (options.ca != m_options.ca)
        rename(options.ca);
    m_options = options;
    // What it keeps is still valid, and it would go on showing it.
    QDir(path(u"data/certificates"_s)).removeRecursively();
    for (const QString& file : {u"intermediate.crt"_s, u"intermediate.key"_s})
        QFile::remove(authorityFolder(options.ca) + u'/' + file);
    start();
}

void CaddyServer::rename(const QString& ca) const
{
    const QString databases = path(u"caddy/acme_server/"_s);
    if (!QDir().rename(authorityFolder(m_options.ca), authorityFolder(ca))
        || !QDir().rename(databases + m_options.ca, databases + ca))
        qFatal("caddy does not keep its authority where this test looks for it");
}

QString CaddyServer::authorityFolder(const QString& ca) const
{
    return path(u"data/pki/authorities/"_s + ca);
}

QString CaddyServer::directoryUrl() const
{
    return u"https://%1:%2/acme/%3/directory"_s.arg(m_options.host).arg(m_port).arg(m_options.ca);
}

QByteArray CaddyServer::rootPem() const
{
    const QByteArray& given = m_options.root.certificatePem;
    return given.isEmpty() ? contents(authorityFolder(m_options.ca) + u"/root.crt"_s) : given;
}

qsizetype CaddyServer::requests() const
{
    return log().count("\"handled request\"");
}

QByteArray CaddyServer::log() const
{
    return contents(path(u"log"_s));
}

void CaddyServer::configure() const
{
    QJsonObject handler {{u"handler"_s, u"acme_server"_s}, {u"ca"_s, m_options.ca}};
    if (!m_options.policy.isEmpty())
        handler[u"policy"_s] = m_options.policy;
    if (!m_options.resolver.isEmpty())
        handler[u"resolvers"_s] = QJsonArray {m_options.resolver};
    QJsonObject authority {{u"install_trust"_s, false}};
    if (!m_options.root.certificatePem.isEmpty()) {
        write(path(u"root.pem"_s), m_options.root.certificatePem);
        write(path(u"root.key"_s), m_options.root.keyPem);
        authority[u"root"_s] =
            QJsonObject {{u"certificate"_s, path(u"root.pem"_s)}, {u"private_key"_s, path(u"root.key"_s)}};
    }
    QByteArray text(configuration);
    text.replace("%FOLDER%", m_folder.path().toUtf8()).replace("%PORT%", QByteArray::number(m_port));
    text.replace("%HOST%", m_options.host.toUtf8()).replace("%CA%", m_options.ca.toUtf8());
    text.replace("%HANDLER%", QJsonDocument(handler).toJson());
    text.replace("%AUTHORITY%", QJsonDocument(authority).toJson());
    write(path(u"caddy.json"_s), text);
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
