// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/name_warnings.h"

#include <QJsonObject>

namespace cli {

QJsonObject documentOf(const lifecycle::NameWarning& warning);

/// Prints what speaks against the names of an order that is about to be placed, one line a warning on standard error
/// and in JSON where the command answers JSON; silent where Progress is. The DNS is not asked, since that may take
/// long, and what denies a name is left to the order's error.
base::Task<void> tellNameWarnings(Session& session, lifecycle::IssueRequest request, Arguments arguments);

} // namespace cli
