// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"

namespace storage {

class Database;

/// The tables authority and authority_condition.
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
    base::Task<base::Result<void>> rebind(lifecycle::Authority authority,
                                          QList<lifecycle::MovedAccount> accounts) override;

    // authority_condition_rows.cpp
    base::Task<base::Result<QList<lifecycle::AuthorityCondition>>> conditions() override;
    base::Task<base::Result<lifecycle::AuthorityCondition>> condition(QString id) override;
    base::Task<base::Result<void>> noteLook(lifecycle::AuthorityCondition condition) override;
    base::Task<base::Result<void>> noteRateLimit(QString id, QDateTime until) override;
    base::Task<base::Result<void>> noteStop(lifecycle::AuthorityCondition condition) override;

private:
    Database& m_database;
};

} // namespace storage
