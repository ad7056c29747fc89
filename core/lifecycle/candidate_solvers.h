// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/solver_store.h"
#include "lifecycle/solver_input.h"

namespace lifecycle {

/// The stored solvers as they would be with one candidate more, or changed: it is tried out without being kept.
class CandidateSolvers final : public challenge::SolverStore {
public:
    /// `stored` outlives this object.
    CandidateSolvers(challenge::SolverStore& stored, SolverCandidate candidate);

    base::Task<base::Result<QList<challenge::SolverSettings>>> all() override;
    base::Task<base::Result<std::shared_ptr<const base::Secret>>> secret(QString id) override;

private:
    challenge::SolverStore& m_stored;
    SolverCandidate m_candidate;
};

} // namespace lifecycle
