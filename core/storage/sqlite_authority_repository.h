// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"

namespace storage {

class Database;

/// The table authority.
class SqliteAuthorityRepository final : public lifecycle::AuthorityRepository {
public:
    explicit SqliteAuthorityRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<QList<lifecycle::Authority>>> all() override;
    base::Task<base::Result<lifecycle::Authority>> byId(QString id) override;
    base::Task<base::Result<void>> insert(lifecycle::Authority authority) override;
    base::Task<base::Result<void>> update(lifecycle::Authority authority) override;
    base::Task<base::Result<void>> remove(QString id) override;

private:
    Database& m_database;
};

} // namespace storage
