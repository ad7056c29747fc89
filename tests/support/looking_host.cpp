// SPDX-License-Identifier: Apache-2.0
#include "support/looking_host.h"

#include "base/platform.h"
#include "support/free_port.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int longestStart = 30'000; // ms

void write(const QString& path, const QString& text, bool executable = false)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
        qFatal("cannot write %s", qPrintable(path));
    file.setPermissions(executable ? QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                   : QFile::ReadOwner | QFile::WriteOwner);
}

QString program(const QString& name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? u"/usr/sbin/"_s + name : found;
}

QString contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

LookingHost::LookingHost(quint16 dnsPort, const QString& name, quint16 httpPort)
    : m_port(freePort())
{
    makeKey(u"host_key");
    makeKey(u"user_key");
    makeTools(dnsPort, name, httpPort);
    configure();
    if (base::platform::userName() == u"root")
        QDir().mkpath(u"/run/sshd"_s); // sshd wants it where it is started by root
    m_process.setStandardErrorFile(path(u"log"));
    m_process.start(program(u"sshd"_s), {u"-D"_s, u"-e"_s, u"-f"_s, path(u"sshd_config")});
    if (!m_process.waitForStarted())
        qFatal("sshd is needed for this test (packaging/requirements test): %s", qPrintable(m_process.errorString()));
    awaitListening();
}

LookingHost::~LookingHost()
{
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray LookingHost::log() const
{
    return contents(path(u"log")).toUtf8();
}

void LookingHost::makeKey(QStringView name) const
{
    const QStringList arguments {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, path(name)};
    if (QProcess::execute(program(u"ssh-keygen"_s), arguments) != 0)
        qFatal("ssh-keygen is needed for this test (packaging/requirements test)");
}

void LookingHost::makeTools(quint16 dnsPort, const QString& name, quint16 httpPort) const
{
    QDir(m_folder.path()).mkdir(u"bin"_s);
    write(path(u"bin/dig"), u"#!/bin/sh\nexec %1 @127.0.0.1 -p %2 \"$@\"\n"_s.arg(program(u"dig"_s)).arg(dnsPort),
          true);
    write(path(u"bin/curl"),
          u"#!/bin/sh\nexec %1 --resolve %2:%3:127.0.0.1 \"$@\"\n"_s.arg(program(u"curl"_s), name).arg(httpPort), true);
}

void LookingHost::configure() const
{
    write(path(u"sshd_config"),
          u"Port %1\nListenAddress 127.0.0.1\nHostKey %2/host_key\nPidFile none\nUsePAM no\nStrictModes no\n"
          "AuthorizedKeysFile %2/user_key.pub\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n"
          "SetEnv PATH=%2/bin:/usr/bin:/bin\n"_s.arg(m_port)
              .arg(m_folder.path()));
    const QString hostKey = contents(path(u"host_key.pub")).section(u' ', 0, 1);
    write(path(u"known_hosts"), u"[127.0.0.1]:%1 %2\n"_s.arg(m_port).arg(hostKey));
    write(path(u"ssh_config"),
          u"Host probe\n  HostName 127.0.0.1\n  Port %1\n  User %2\n  IdentityFile %3/user_key\n  IdentitiesOnly yes\n"
          "  UserKnownHostsFile %3/known_hosts\n  GlobalKnownHostsFile none\n"_s.arg(m_port)
              .arg(base::platform::userName(), m_folder.path()));
}

void LookingHost::makeUnknown() const
{
    write(path(u"known_hosts"), QString());
}

void LookingHost::awaitListening()
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (!log().contains("listening on"))
        if (m_process.waitForFinished(10) || elapsed.hasExpired(longestStart))
            qFatal("sshd did not start: %s", log().constData());
}

} // namespace support
