// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/solver_store.h"
#include "lifecycle/solver_repository.h"
#include "lifecycle/vault.h"

namespace lifecycle {

/// Where the secret of `settingsId` is sealed: in the renewal ring, since unattended renewals need it.
SecretPlace solverSecretPlace(const QString& settingsId);

/// The named solvers of the repository with their secrets from the vault.
class StoredSolvers final : public challenge::SolverStore {
public:
    /// Both outlive this object.
    StoredSolvers(SolverRepository& repository, Vault& vault);

    base::Task<base::Result<QList<challenge::SolverSettings>>> all() override;
    base::Task<base::Result<std::shared_ptr<const base::Secret>>> secret(QString id) override;

private:
    SolverRepository& m_repository;
    Vault& m_vault;
};

} // namespace lifecycle
