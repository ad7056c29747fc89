// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/account.h"

namespace cli {

/// The credential that `--eab-kid`, `--eab-key-file`, `--eab-alg` and `--eab-key-decoding` mean: stored before, or
/// stored now when a key file is given. Nothing where `--eab-kid` was not given.
base::Task<base::Result<std::optional<lifecycle::EabCredential>>> credentialFor(Session& session, QString authorityId,
                                                                                Arguments arguments);
/// Stores a credential whose key is in the file `keyFile`. InvalidInput about "key-decoding" where the key looks
/// encoded once more and nothing says how to read it.
base::Task<base::Result<lifecycle::EabCredential>> storeCredential(Session& session, QString authorityId, QString kid,
                                                                   QString optionPrefix, Arguments arguments);

/// “once” (false) or “twice” (true); nothing where the option was not given.
base::Result<std::optional<bool>> decodingOption(const Arguments& arguments, const QString& option);

} // namespace cli
