// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/solver.h"

#include <memory>

namespace challenge {

class AnswerClaims;
class SharedResponders;

/// The solvers of this build: http-01, listening or with a webroot.
///
/// Solvers for one listen address share one responder, which listens from the first prepare() until the last of them
/// is gone. Solvers may outlive the factory. Everything lives on one thread.
class BuiltInSolvers final : public SolverFactory {
public:
    BuiltInSolvers();
    ~BuiltInSolvers() override;

    base::Result<std::unique_ptr<Solver>> make(const ProofSettings& settings) override;

private:
    std::shared_ptr<SharedResponders> m_responders;
    std::shared_ptr<AnswerClaims> m_claims;
};

} // namespace challenge
