// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "challenge/proof_settings.h"

namespace cli {

/// The words CHALLENGE of the command line: --challenge and what each type needs.
QList<Option> proofOptionList();
/// What --challenge and its options say, without a look into the store: for a type that takes a solver the solver is
/// still missing. Errors name the option that is wrong.
base::Result<challenge::ProofSettings> proofFrom(const Arguments& arguments);
/// Whether proofs of this type are made with a named solver, which dnsProofFrom() finds or sets up; dns-persist-01
/// may go without.
bool takesSolver(const QString& challengeType);

} // namespace cli
