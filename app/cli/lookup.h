// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/authority.h"

#include <QDateTime>
#include <QHash>

#include <chrono>
#include <optional>

namespace cli {

/// The authority that `nameOrId` means; NotFound that names it.
base::Task<base::Result<lifecycle::Authority>> authorityNamed(Session& session, QString nameOrId);
/// The names of all authorities by id.
base::Task<base::Result<QHash<QString, QString>>> authorityNames(Session& session);

/// The value of an option that must be given.
base::Result<QString> requiredOption(const Arguments& arguments, const QString& name);
/// Reads "90s", "10m", "2h", "1d" or a number of seconds; nothing where the option was not given.
base::Result<std::optional<std::chrono::milliseconds>> durationOption(const Arguments& arguments, const QString& name);
/// A moment in ISO 8601, one without an offset in UTC; null where the option was not given.
base::Result<QDateTime> momentOption(const Arguments& arguments, const QString& name);
/// A whole number within bounds; `otherwise` where the option was not given.
base::Result<int> numberOption(const Arguments& arguments, const QString& name, int minimum, int maximum,
                               int otherwise);

} // namespace cli
