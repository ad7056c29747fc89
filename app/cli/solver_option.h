// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "challenge/proof_settings.h"
#include "lifecycle/solvers.h"

namespace cli {

/// --dns and what each way of changing DNS records needs.
QList<Option> solverOptionList();
/// A solver as these options describe it, without a name. Says on standard error where everybody may read the file with
/// its secret. Errors name the option that is wrong.
base::Result<lifecycle::SolverDetails> solverDetailsFrom(const Arguments& arguments);
/// Proof by `challengeType` with the solver of --solver, or with one that is stored as these options describe it once
/// it has been found to prove `name`, whose error counts only then.
base::Task<base::Result<challenge::ProofSettings>>
dnsProofFrom(Session& session, QString challengeType, Arguments arguments, base::Result<base::Identifier> name);

} // namespace cli
