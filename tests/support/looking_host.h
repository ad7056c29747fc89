// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace support {

/// Debian's sshd on a loopback port, as a host to look at names from: its own `dig` asks one DNS server, and its own
/// `curl` finds one name on loopback, as if both were somewhere else in the network.
///
/// Ends the test program where sshd is missing or does not start: such a test must fail and not be skipped.
class LookingHost {
public:
    /// `dnsPort`: of a DNS server on 127.0.0.1. `name` and `httpPort`: what its curl finds there.
    LookingHost(quint16 dnsPort, const QString& name, quint16 httpPort);
    ~LookingHost();

    /// For `ssh -F`; has the host as "probe".
    QString configuration() const { return path(u"ssh_config"); }
    /// Forgets its key, so that it is unknown.
    void makeUnknown() const;
    QByteArray log() const;

private:
    QString path(QStringView name) const { return m_folder.filePath(name.toString()); }
    void makeKey(QStringView name) const;
    void makeTools(quint16 dnsPort, const QString& name, quint16 httpPort) const;
    void configure() const;
    void awaitListening();

    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
};

} // namespace support
