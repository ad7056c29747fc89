// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

namespace dns {

/// Where a DNS server is reached, over UDP and TCP.
struct ServerAddress {
    QString host; ///< an IP address, or a name that this machine resolves
    quint16 port = 53;

    /// Reads "192.0.2.1", "192.0.2.1:5353", "[2001:db8::1]:53", "2001:db8::1" or "ns1.corp.example:53".
    ///
    /// InvalidInput about "server" for anything else.
    static base::Result<ServerAddress> parse(const QString& text);
    /// The inverse, always with the port.
    QString toString() const;

    friend bool operator==(const ServerAddress&, const ServerAddress&) = default;
};

/// The resolvers of this machine as resolv.conf(5) says; where it names none, or is missing, the one on loopback.
QList<ServerAddress> systemServers(const QString& resolvConf = QStringLiteral("/etc/resolv.conf"));

} // namespace dns
