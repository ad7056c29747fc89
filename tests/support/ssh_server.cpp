// SPDX-License-Identifier: Apache-2.0
#include "support/ssh_server.h"

#include "base/child_process.h"
#include "base/platform.h"
#include "support/free_port.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <unistd.h>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int longestStart = 30'000; // ms
const QString program = u"/usr/sbin/sshd"_s; // it wants to be called by its whole path

constexpr auto serverConfig = R"(Port %PORT%
ListenAddress 127.0.0.1
HostKey "%FOLDER%/host_key"
AuthorizedKeysFile "%FOLDER%/user_key.pub"
StrictModes no
UsePAM %PAM%
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PidFile none
LogLevel VERBOSE
)";

constexpr auto clientConfigText = R"(Host web* probe
    HostName 127.0.0.1
    Port %PORT%
    User %USER%
    IdentityFile "%FOLDER%/%IDENTITY%"
    IdentitiesOnly yes
    IdentityAgent none
    UserKnownHostsFile "%FOLDER%/known_hosts"
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking accept-new
    KexAlgorithms curve25519-sha256
)";

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Where sshd locks its unprivileged half in as root; its service makes the folder, and here is no service.
void makeEmptyFolder()
{
    if (::geteuid() == 0)
        QDir().mkpath(u"/run/sshd"_s);
}

} // namespace

SshServer::SshServer(Files files, const QByteArray& further)
    : m_port(freePort())
{
    makeEmptyFolder();
    for (const QStringView key : {u"host_key", u"user_key", u"other_key"})
        makeKey(key);
    configureServer(files, further);
    configureClient(u"user_key");
    makeKeyKnown(true);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(path(u"log"));
    base::platform::tieToThisThread(m_process); // also where the test aborts
    m_process.start(program, {u"-D"_s, u"-e"_s, u"-f"_s, path(u"sshd_config")});
    if (!m_process.waitForStarted())
        qFatal("sshd is needed for this test (packaging/requirements test): %s", qPrintable(m_process.errorString()));
    awaitListening();
}

SshServer::~SshServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

void SshServer::makeKey(QStringView name) const
{
    const QStringList arguments {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, {}, u"-f"_s, path(name)};
    if (QProcess::execute(u"ssh-keygen"_s, arguments) != 0)
        qFatal("ssh-keygen is needed for this test (packaging/requirements test)");
}

void SshServer::configureServer(Files files, const QByteArray& further) const
{
    QByteArray text = serverConfig + further;
    text.replace("%FOLDER%", m_folder.path().toUtf8()).replace("%PORT%", QByteArray::number(m_port));
    // without root it cannot read which accounts are locked, and takes each for one, unless PAM is asked
    text.replace("%PAM%", ::geteuid() == 0 ? "no" : "yes");
    if (files != Files::NoSftp)
        text += files == Files::ReadOnly ? "Subsystem sftp internal-sftp -R\n" : "Subsystem sftp internal-sftp\n";
    write(path(u"sshd_config"), text);
}

void SshServer::configureClient(QStringView identity) const
{
    QByteArray text(clientConfigText);
    text.replace("%FOLDER%", m_folder.path().toUtf8()).replace("%PORT%", QByteArray::number(m_port));
    text.replace("%USER%", base::platform::userName().toUtf8()).replace("%IDENTITY%", identity.toUtf8());
    write(clientConfig(), text);
}

void SshServer::makeKeyKnown(bool right) const
{
    const QByteArray key = read(path(right ? u"host_key.pub" : u"other_key.pub"));
    write(knownHosts(), "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + key);
}

void SshServer::makeKeyUnknown() const
{
    write(knownHosts(), {});
}

void SshServer::makeLoginRight(bool right) const
{
    configureClient(right ? u"user_key" : u"other_key");
}

int SshServer::logins() const
{
    return static_cast<int>(log().count("Accepted publickey"));
}

QByteArray SshServer::log() const
{
    return read(path(u"log"));
}

void SshServer::awaitListening()
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (!log().contains("Server listening"))
        if (m_process.waitForFinished(10) || elapsed.hasExpired(longestStart))
            qFatal("sshd did not start: %s", log().constData());
}

} // namespace support
