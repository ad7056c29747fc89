// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

namespace cli {

/// Whether the options leave open how the names are proved.
bool leavesWayOpen(const Arguments& arguments);
/// The ways that were tried for the names of `certificate check`, until one works: exit code 1 where none does. Needs
/// the vault open where there is one, since solvers have their keys there.
base::Task<base::Result<Reply>> searchWay(Session& session, Arguments arguments);

} // namespace cli
