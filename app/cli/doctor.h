// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

namespace cli {

/// Looks at everything that must be right for renewals to happen: one line a check, exit code 1 where one failed.
base::Task<base::Result<Reply>> doctor(Session& session, Arguments arguments);

} // namespace cli
