// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/solver_input.h"

#include <chrono>
#include <optional>

namespace cli {

/// What `certificate issue` was asked for, but for the names.
struct IssueOptions {
    lifecycle::IssueRequest request; ///< without names
    std::optional<std::chrono::milliseconds> wait; ///< how long this process waits; nothing: until the order ended
    QString batchFile; ///< empty: the names stand on the command line
    int jobs = 10;
    QStringList resolvers = {}; ///< the authority's
    /// That --dns describes; the request has no solver until it is stored.
    std::optional<lifecycle::SolverDetails> newSolver = {};
};

QList<Option> issueOptionList();
/// Looks the authority up and stores nothing. Errors name the option that is wrong.
base::Task<base::Result<IssueOptions>> issueOptionsFrom(Session& session, Arguments arguments);
/// Stores the solver that --dns describes once it has been found to prove the first of the names, and has the request
/// prove with it.
base::Task<base::Result<IssueOptions>> withStoredSolver(Session& session, IssueOptions options, Arguments arguments);
/// One list of names for each line of a batch file; empty lines and those that begin with “#” are passed over.
/// InvalidInput about "batch" names the line that is wrong.
base::Result<QList<QList<base::Identifier>>> readBatchFile(const QString& path);

} // namespace cli
