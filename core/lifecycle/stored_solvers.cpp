// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/stored_solvers.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::SolverSettings;

SecretPlace solverSecretPlace(const QString& settingsId)
{
    return {u"solver"_s, settingsId, u"secret"_s};
}

StoredSolvers::StoredSolvers(SolverRepository& repository, Vault& vault)
    : m_repository(repository)
    , m_vault(vault)
{
}

Task<Result<QList<SolverSettings>>> StoredSolvers::all()
{
    return m_repository.all();
}

Task<Result<std::shared_ptr<const base::Secret>>> StoredSolvers::secret(QString id)
{
    auto sealed = co_await m_repository.sealedSecret(id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    if (sealed->isEmpty())
        co_return std::make_shared<const base::Secret>();
    auto secret = m_vault.open(Ring::Renewal, solverSecretPlace(id), *sealed);
    if (!secret)
        co_return base::failed(std::move(secret), u"opening the solver's secret");
    co_return std::make_shared<const base::Secret>(*std::move(secret));
}

} // namespace lifecycle
