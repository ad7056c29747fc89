// SPDX-License-Identifier: Apache-2.0
#include "support/bind_server.h"

#include "base/child_process.h"
#include "support/free_port.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int longestStart = 30'000; // ms

constexpr auto options = R"(options {
    directory "%FOLDER%";
    listen-on port %PORT% { 127.0.0.1; };
    listen-on-v6 { none; };
    pid-file none;
    session-keyfile none;
    recursion %RECURSION%;
    notify no;
    querylog yes;
    tcp-clients 5000;
    tcp-listen-queue 1000;
    min-refresh-time 1;
    max-refresh-time 1;
    dnssec-validation no;
    allow-query { any; };
};
controls { };
)";

// a root of its own keeps it from asking anybody else
constexpr auto rootClause = R"(zone "." { type primary; file "root.zone"; };
)";
constexpr auto rootZone = R"(. 1 IN SOA localhost. root. 1 3600 600 86400 1
. 1 IN NS localhost.
localhost. 1 IN A 127.0.0.1
)";

constexpr auto zoneHead = R"($TTL 1
@ IN SOA ns.%ZONE%. hostmaster.%ZONE%. 1 3600 600 86400 1
@ IN NS ns.%ZONE%.
ns IN A 127.0.0.1
)";

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray clauseOf(const BindZone& zone)
{
    const QByteArray name = zone.name.toLatin1();
    QByteArray clause = "zone \"" + name + "\" { file \"" + name + ".zone\"; ";
    const QByteArray source = zone.primary.section(u':', 0, 0).toLatin1();
    if (zone.primary.isEmpty())
        clause += "type primary; ";
    else
        clause +=
            "type secondary; primaries { " + source + " port " + zone.primary.section(u':', 1).toLatin1() + "; }; ";
    if (!zone.updateKey.isEmpty())
        clause += "allow-update { key \"" + zone.updateKey.toLatin1() + "\"; }; ";
    return clause + "};\n";
}

QString program()
{
    const QString found = QStandardPaths::findExecutable(u"named"_s);
    return found.isEmpty() ? u"/usr/sbin/named"_s : found;
}

} // namespace

QByteArray BindKey::clause() const
{
    return "key \"" + name.toLatin1() + "\" { algorithm " + algorithm.toLatin1() + "; secret \"" + secret + "\"; };\n";
}

BindServer::BindServer(const QList<BindZone>& zones, const QList<BindKey>& keys, Service service)
    : m_port(freePort())
{
    configure(zones, keys, service);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(m_folder.filePath(u"log"_s));
    base::platform::tieToThisThread(m_process); // also where the test aborts
    m_process.start(program(), {u"-g"_s, u"-n"_s, u"1"_s, u"-c"_s, m_folder.filePath(u"named.conf"_s)});
    if (!m_process.waitForStarted())
        qFatal("named is needed for this test (packaging/requirements test): %s", qPrintable(m_process.errorString()));
    awaitRunning();
}

BindServer::~BindServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

QString BindServer::address() const
{
    return u"127.0.0.1:%1"_s.arg(m_port);
}

QByteArray BindServer::log() const
{
    QFile file(m_folder.filePath(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool BindServer::wasAskedFor(const QString& name) const
{
    return log().contains("query: " + name.toLatin1() + " IN ");
}

void BindServer::configure(const QList<BindZone>& zones, const QList<BindKey>& keys, Service service) const
{
    QByteArray text(options);
    const bool resolving = service == Service::Resolving;
    text.replace("%FOLDER%", m_folder.path().toUtf8()).replace("%PORT%", QByteArray::number(m_port));
    text.replace("%RECURSION%", resolving ? "yes" : "no");
    if (resolving) {
        text += rootClause;
        write(m_folder.filePath(u"root.zone"_s), rootZone);
    }
    for (const BindKey& key : keys)
        text += key.clause();
    for (const BindZone& zone : zones) {
        text += clauseOf(zone);
        if (!zone.primary.isEmpty())
            continue;
        const QByteArray head = QByteArray(zoneHead).replace("%ZONE%", zone.name.toLatin1());
        write(m_folder.filePath(zone.name + u".zone"_s), head + zone.records);
    }
    write(m_folder.filePath(u"named.conf"_s), text);
}

void BindServer::awaitRunning()
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (!log().contains(" running\n"))
        if (m_process.waitForFinished(10) || elapsed.hasExpired(longestStart))
            qFatal("named did not start: %s", log().constData());
}

} // namespace support
