// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

namespace cli {

/// What applies to every command.
struct GlobalOptions {
    QString dataDirectory; ///< empty: the default one
    QString passphraseFile; ///< empty: see Passphrase
    bool json = false;
};

/// A command line, understood.
struct Invocation {
    GlobalOptions global;
    const Command* command = nullptr; ///< null where only `help` is to be printed
    Arguments arguments;
    QString help; ///< text asked for by --help or --version
};

/// Reads the arguments without the program's name; global options may stand anywhere. InvalidInput about "usage" with a
/// sentence otherwise.
base::Result<Invocation> parseCommandLine(const QStringList& arguments);
/// Whether the operator asked for JSON, however wrong the rest of the line is.
bool wantsJson(const QStringList& arguments);
/// Every command, in the order of the help.
const QList<Command>& allCommands();

} // namespace cli
