// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "challenge/proof_settings.h"
#include "lifecycle/solvers.h"

#include <optional>

namespace cli {

/// --dns and what each way of changing DNS records needs.
QList<Option> solverOptionList();
/// A solver as these options describe it, without a name. Says on standard error where everybody may read the file with
/// its secret. Errors name the option that is wrong.
base::Result<lifecycle::SolverDetails> solverDetailsFrom(const Arguments& arguments);
/// How names are proved by `challengeType`: with the solver of --solver, or with one that --dns describes, which is
/// stored nowhere yet and not in the proof.
struct DnsProof {
    challenge::ProofSettings settings;
    std::optional<lifecycle::SolverDetails> newSolver = {};
};
base::Task<base::Result<DnsProof>> dnsProofFrom(Session& session, QString challengeType, Arguments arguments);

} // namespace cli
