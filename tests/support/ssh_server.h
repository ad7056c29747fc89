// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace support {

/// Debian's sshd on a loopback port, with a host key and a configuration of its own, that lets the user who runs the
/// test in with one key; and the configuration of an ssh client that has this key and knows the host as "web".
///
/// Ends the test program where sshd is missing or does not start: such a test must fail and not be skipped.
class SshServer {
public:
    /// What it lets the login do.
    enum class Files { Writable, ReadOnly, NoSftp };

    /// `further`: more lines for sshd's configuration.
    explicit SshServer(Files files = Files::Writable, const QByteArray& further = {});
    ~SshServer();

    quint16 port() const { return m_port; }
    /// For `ssh -F`. Has the host as "web", "web1", "web2", … and as "probe".
    QString clientConfig() const { return path(u"ssh_config"); }
    QString knownHosts() const { return path(u"known_hosts"); }
    /// Makes the client know another host key, or none.
    void makeKeyKnown(bool right) const;
    void makeKeyUnknown() const;
    /// Makes the client offer its key, or one that nobody authorized.
    void makeLoginRight(bool right) const;
    /// How many logins there were so far.
    int logins() const;
    QByteArray log() const;

private:
    QString path(QStringView name) const { return m_folder.filePath(name.toString()); }
    void makeKey(QStringView name) const;
    void configureClient(QStringView identity) const;
    void configureServer(Files files, const QByteArray& further) const;
    void awaitListening();

    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
};

} // namespace support
