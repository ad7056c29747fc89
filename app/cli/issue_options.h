// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/managed_certificate.h"

#include <chrono>
#include <optional>

namespace cli {

/// What `certificate issue` was asked for, but for the names.
struct IssueOptions {
    lifecycle::IssueRequest request; ///< without names
    std::optional<std::chrono::milliseconds> wait; ///< how long this process waits; nothing: until the order ended
    QString batchFile; ///< empty: the names stand on the command line
    int jobs = 10;
};

QList<Option> issueOptionList();
/// Looks the authority up. Errors name the option that is wrong.
base::Task<base::Result<IssueOptions>> issueOptionsFrom(Session& session, Arguments arguments);
/// One list of names for each line of a batch file; empty lines and those that begin with “#” are passed over.
/// InvalidInput about "batch" names the line that is wrong.
base::Result<QList<QList<base::Identifier>>> readBatchFile(const QString& path);

} // namespace cli
