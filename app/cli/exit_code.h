// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

namespace cli {

/// What scripts see; stable.
namespace exit_code {
inline constexpr int Done = 0;
inline constexpr int Failed = 1;
inline constexpr int WrongUsage = 2; ///< the command line, or an input that it names
inline constexpr int Locked = 3; ///< no passphrase, or a wrong one
inline constexpr int InProgress = 4; ///< accepted and not yet finished; resume later
} // namespace exit_code

int exitCodeFor(const base::Error& error);
/// The code of a command that did several things: the one that says most about what is left to do.
int worse(int left, int right);

} // namespace cli
