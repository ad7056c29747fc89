// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/identifier.h"
#include "lifecycle/solver_input.h"
#include "lifecycle/stored_solvers.h"

#include <stop_token>

namespace lifecycle {

class Journal;

/// The named solvers that prove names for us. Errors name "name", "zones" or what SolverDetails calls the others.
class Solvers {
public:
    Solvers(SolverRepository& repository, Vault& vault, base::Clock& clock, Journal& journal);

    base::Task<base::Result<QList<challenge::SolverSettings>>> list();
    /// The one that `nameOrId` means; NotFound that names it.
    base::Task<base::Result<challenge::SolverSettings>> find(QString nameOrId);
    /// AlreadyExists where the name is taken.
    base::Task<base::Result<challenge::SolverSettings>> add(SolverDetails details);
    /// As add(), but where the name is taken, what is set up there is replaced. Only what proves `name` is stored, so
    /// that a wrong secret never takes the place of a good one. `resolvers` as of test().
    base::Task<base::Result<challenge::SolverSettings>> put(SolverDetails details, base::Identifier name,
                                                            QStringList resolvers, std::stop_token stop);
    base::Task<base::Result<void>> remove(QString id);
    /// Proves without an order that `name` could be proved: finds its record and changes nothing there. The record's
    /// place, or what is in the way. `resolvers` ("HOST:PORT") are asked where the solver has no server; empty: this
    /// machine's.
    base::Task<base::Result<QString>> test(QString id, base::Identifier name, QStringList resolvers,
                                           std::stop_token stop);
    /// What was entered as put() would store it, to be tried out: nothing is kept.
    base::Task<base::Result<SolverCandidate>> candidate(SolverDetails details);
    challenge::SolverStore& stored() { return m_stored; }

private:
    base::Task<base::Result<challenge::SolverSettings>> insert(SolverCandidate candidate);
    base::Result<QByteArray> sealedSecret(const SolverCandidate& candidate);

    SolverRepository& m_repository;
    Vault& m_vault;
    base::Clock& m_clock;
    Journal& m_journal;
    StoredSolvers m_stored;
};

} // namespace lifecycle
