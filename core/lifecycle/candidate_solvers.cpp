// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/candidate_solvers.h"

namespace lifecycle {

using base::Result;
using base::Task;
using challenge::SolverSettings;

CandidateSolvers::CandidateSolvers(challenge::SolverStore& stored, SolverCandidate candidate)
    : m_stored(stored)
    , m_candidate(std::move(candidate))
{
}

Task<Result<QList<SolverSettings>>> CandidateSolvers::all()
{
    auto all = co_await m_stored.all();
    if (!all)
        co_return all;
    all->removeIf([this](const SolverSettings& settings) { return settings.id == m_candidate.settings.id; });
    all->append(m_candidate.settings);
    co_return all;
}

Task<Result<std::shared_ptr<const base::Secret>>> CandidateSolvers::secret(QString id)
{
    if (id == m_candidate.settings.id)
        co_return std::as_const(m_candidate.secret);
    co_return co_await m_stored.secret(std::move(id));
}

} // namespace lifecycle
