// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/issue_options.h"

namespace cli {

/// Issues many certificates in this process, `options.jobs` at a time, and prints a summary on standard error: how many
/// there are of each outcome, and what it took.
base::Task<base::Result<Reply>> issueBatch(Session& session, IssueOptions options);

} // namespace cli
