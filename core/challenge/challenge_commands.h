// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace challenge {

/// A challenge as it is shown to people: all of it is public.
struct ShownChallenge {
    QString challengeType; ///< "http-01", …
    QString name; ///< the identifier's value
    QString expectedAt; ///< as Expectation::at
    QString expectedValue; ///< as Expectation::value
    QString dnsServer; ///< "HOST:PORT" that is told of DNS records; empty where none is known
};

/// A command line for a POSIX shell, and the program that it runs.
struct ShellCommand {
    QString program; ///< "curl"
    QString text;

    friend bool operator==(const ShellCommand&, const ShellCommand&) = default;
};

/// What a person would type to see what the authority sees, and to put the answer in place by hand. Secrets are never
/// in it: a key file is called FILE. Nothing for a type that nobody here knows.
QList<ShellCommand> challengeCommands(const ShownChallenge& challenge);

} // namespace challenge
