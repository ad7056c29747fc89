// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/ssh_server.h"

#include <QString>
#include <QTemporaryDir>

namespace support {

/// An ssh server as a host to look at names from: its own `dig` asks one DNS server, and its own `curl` finds one name
/// on loopback, as if both were somewhere else in the network.
class LookingHost {
public:
    /// `dnsPort`: of a DNS server on 127.0.0.1. `name` and `httpPort`: what its curl finds there.
    LookingHost(quint16 dnsPort, const QString& name, quint16 httpPort);

    /// For `ssh -F`; has the host as "probe".
    QString configuration() const { return m_server.clientConfig(); }
    /// How often somebody looked from it.
    int logins() const { return m_server.logins(); }
    /// Forgets its key, so that it is unknown.
    void makeUnknown() const { m_server.makeKeyUnknown(); }

private:
    QTemporaryDir m_tools;
    SshServer m_server;
};

} // namespace support
