// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/solver_repository.h"

namespace storage {

class Database;

/// The table solver.
class SqliteSolverRepository final : public lifecycle::SolverRepository {
public:
    explicit SqliteSolverRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<QList<challenge::SolverSettings>>> all() override;
    base::Task<base::Result<void>> insert(challenge::SolverSettings settings, QByteArray sealedSecret) override;
    base::Task<base::Result<void>> update(challenge::SolverSettings settings, QByteArray sealedSecret) override;
    base::Task<base::Result<void>> remove(QString id) override;
    base::Task<base::Result<QByteArray>> sealedSecret(QString id) override;

private:
    Database& m_database;
};

} // namespace storage
