// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/policy_repository.h"

namespace storage {

class Database;

/// The tables issuance_policy, name_refusal and certificate_name. Names are looked up in portions of fixed size, so
/// that thousands of them need one prepared statement.
class SqlitePolicyRepository final : public lifecycle::PolicyRepository {
public:
    explicit SqlitePolicyRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<QList<lifecycle::IssuancePolicy>>> policies(QString authorityId) override;
    base::Task<base::Result<void>> store(lifecycle::IssuancePolicy policy) override;
    base::Task<base::Result<void>> remember(QList<lifecycle::NameRefusal> refusals) override;
    base::Task<base::Result<void>> forget(QString authorityId, QString accountId, QStringList names) override;
    base::Task<base::Result<QList<lifecycle::NameRefusal>>> refusals(QString authorityId, int limit) override;
    base::Task<base::Result<QList<lifecycle::NameRefusal>>> refusalsOf(QString authorityId, QStringList names) override;
    base::Task<base::Result<QList<lifecycle::NameHolder>>> holders(QStringList names, QDateTime now) override;

private:
    Database& m_database;
};

} // namespace storage
