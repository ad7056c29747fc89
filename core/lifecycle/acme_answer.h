// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "acme/authorization.h"
#include "acme/directory.h"
#include "challenge/solver.h"

namespace lifecycle {

/// The challenge that a solver of `type` answers. Unsupported, with what is offered, where the authority has no usable
/// one.
base::Result<acme::Challenge> chosenChallenge(const acme::Authorization& authorization, const QString& type);
/// What that challenge asks the account to put in place. `directory` counts for dns-persist-01, whose challenge has to
/// agree with it: Protocol where it does not.
base::Result<challenge::Answer> answerTo(const acme::Authorization& authorization, const QString& type,
                                         const acme::AccountContext& account, const acme::DirectoryMeta& directory);
/// Whether answers of that type depend on the directory.
bool dependsOnDirectory(const QString& type);

} // namespace lifecycle
