// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/persist_record.h"

namespace lifecycle {

/// The records of dns-persist-01 that are watched. Every call is one transaction.
class PersistRecordRepository {
public:
    virtual ~PersistRecordRepository() = default;
    /// By name, then account.
    virtual base::Task<base::Result<QList<PersistRecord>>> all() = 0;
    /// Keeps each in place of the one that its account had for its name, whose id it gets.
    virtual base::Task<base::Result<void>> put(QList<PersistRecord> records) = 0;
    /// What was found when DNS was asked for the records of these ids.
    virtual base::Task<base::Result<void>> noteFindings(QList<PersistRecord> records) = 0;
    /// NotFound where there is none.
    virtual base::Task<base::Result<void>> remove(QString id) = 0;
};

} // namespace lifecycle
