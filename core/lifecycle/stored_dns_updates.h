// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/dns_update_store.h"
#include "lifecycle/solver_repository.h"
#include "lifecycle/vault.h"

namespace lifecycle {

/// Where the TSIG secret of `settingsId` is sealed: in the renewal ring, since unattended renewals sign with it.
SecretPlace tsigSecretPlace(const QString& settingsId);

/// The DNS servers of the repository with their keys from the vault, for solvers.
class StoredDnsUpdates final : public challenge::DnsUpdateStore {
public:
    /// Both outlive this object.
    StoredDnsUpdates(SolverRepository& repository, Vault& vault);

    base::Task<base::Result<QList<challenge::DnsUpdateSettings>>> all() override;
    base::Task<base::Result<std::shared_ptr<const dns::TsigKey>>> key(QString id) override;

private:
    SolverRepository& m_repository;
    Vault& m_vault;
};

} // namespace lifecycle
