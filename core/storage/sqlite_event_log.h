// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"

namespace storage {

class Database;

/// The table event, which triggers protect from changes.
class SqliteEventLog final : public lifecycle::EventLog {
public:
    explicit SqliteEventLog(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<void>> append(lifecycle::Event event) override;
    base::Task<base::Result<QList<lifecycle::Event>>> page(lifecycle::EventQuery query) override;

private:
    Database& m_database;
};

} // namespace storage
