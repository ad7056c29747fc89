// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/vault.h"

#include <QString>

namespace cli {

/// The passphrase that was given in a file: `--passphrase-file`, else `$CREDENTIALS_DIRECTORY/sealwright`; null where
/// neither is there. InvalidInput about "passphrase-file" where the file is empty, File where it cannot be read.
base::Result<lifecycle::SharedSecret> passphraseFromFile(const QString& passphraseFile);
/// A passphrase typed on the terminal, twice for a vault yet to be made. Locked where there is no terminal.
base::Result<lifecycle::SharedSecret> passphraseFromTerminal(bool forNewVault);
/// The first line of a file that holds a secret. InvalidInput about `option` where it is empty.
base::Result<base::Secret> secretFromFile(const QString& path, const QString& option);

} // namespace cli
