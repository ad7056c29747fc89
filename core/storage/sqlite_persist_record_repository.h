// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/persist_record_repository.h"

namespace storage {

class Database;

class SqlitePersistRecordRepository final : public lifecycle::PersistRecordRepository {
public:
    /// `database` outlives this object.
    explicit SqlitePersistRecordRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<QList<lifecycle::PersistRecord>>> all() override;
    base::Task<base::Result<void>> put(QList<lifecycle::PersistRecord> records) override;
    base::Task<base::Result<void>> noteFindings(QList<lifecycle::PersistRecord> records) override;
    base::Task<base::Result<void>> remove(QString id) override;

private:
    Database& m_database;
};

} // namespace storage
