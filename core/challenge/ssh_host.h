// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace challenge {

/// A host that the system's ssh reaches: "[user@]host[:port]", where host is a name, an address (IPv6 in brackets with
/// a port) or an alias of ssh's own configuration.
///
/// Holds nothing that ssh or sftp could take for an option, a path or a command.
struct SshHost {
    QString user; ///< empty: whom ssh's configuration says
    QString host;
    quint16 port = 0; ///< 0: what ssh's configuration says

    /// InvalidInput about "webrootHost".
    static base::Result<SshHost> parse(const QString& text);
    /// What parse() takes.
    QString toString() const;
    /// The last arguments of sftp, and those of ssh before its command.
    QStringList sftpArguments() const;
    QStringList sshArguments() const;

    friend bool operator==(const SshHost&, const SshHost&) = default;

private:
    QString hostInBrackets() const;
};

/// How the system's ssh and sftp are run.
struct SshSettings {
    QString configFile; ///< absolute; empty: the user's own and the system's
    std::chrono::seconds connecting {15}; ///< for the connection, its keys and the login
    std::chrono::milliseconds patience {120'000}; ///< for a whole session of sftp

    /// Arguments of both: nothing is asked of a person, and no host key is taken that known_hosts has not, nor written
    /// there. ssh's configuration may say the rest (user, key, jump host).
    QStringList arguments() const;
};

} // namespace challenge
