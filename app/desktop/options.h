// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/vault.h"

#include <QString>
#include <QStringList>

namespace app {

/// What the desktop program was started with: `sealwright [--data-dir DIR] [--passphrase-file FILE]`.
struct DesktopOptions {
    QString dataFolder; ///< the default one where none was given
    QString passphraseFile; ///< empty: the keyring or the operator opens the vault
};

/// Reads the arguments; ends the program for `--help`, `--version` and wrong usage.
DesktopOptions desktopOptions(const QStringList& arguments);
/// The first line of the file. InvalidInput where it is empty, File where it cannot be read; null where none is named.
base::Result<lifecycle::SharedSecret> passphraseOf(const DesktopOptions& options);

} // namespace app
