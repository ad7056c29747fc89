// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/data_directory.h"
#include "storage/database.h"
#include "storage/file_leases.h"
#include "storage/key_vault.h"
#include "storage/platform_keyring.h"
#include "storage/sqlite_account_repository.h"
#include "storage/sqlite_authority_repository.h"
#include "storage/sqlite_certificate_repository.h"
#include "storage/sqlite_event_log.h"
#include "storage/sqlite_order_repository.h"
#include "storage/sqlite_persist_record_repository.h"
#include "storage/sqlite_policy_repository.h"
#include "storage/sqlite_renewal_repository.h"
#include "storage/sqlite_solver_repository.h"

#include <memory>

namespace storage {

/// Everything of one data directory, for the composition root.
///
/// Belongs to the thread that opened it. Destroying it finishes what was asked for, closes the database and lets go of
/// the directory; drain the tasks that use it before.
class Storage {
public:
    /// Opens or creates the data directory. `program` names this process to others (see DataDirectory::open()).
    static base::Task<base::Result<std::unique_ptr<Storage>>> open(QString path, QString program);

    const DataDirectory& directory() const { return m_directory; }
    Database& database() { return *m_database; }
    SqliteAuthorityRepository& authorities() { return m_authorities; }
    SqliteAccountRepository& accounts() { return m_accounts; }
    SqliteCertificateRepository& certificates() { return m_certificates; }
    SqliteOrderRepository& orders() { return m_orders; }
    SqliteRenewalRepository& renewals() { return m_renewals; }
    SqliteEventLog& events() { return m_events; }
    SqlitePolicyRepository& policies() { return m_policies; }
    SqliteSolverRepository& solvers() { return m_solvers; }
    SqlitePersistRecordRepository& persistRecords() { return m_persistRecords; }
    KeyVault& vault() { return m_vault; }
    FileLeases& leases() { return m_leases; }

private:
    Storage(DataDirectory directory, std::unique_ptr<Database> database);

    DataDirectory m_directory;
    std::unique_ptr<Database> m_database;
    SqliteAuthorityRepository m_authorities {*m_database};
    SqliteAccountRepository m_accounts {*m_database};
    SqliteCertificateRepository m_certificates {*m_database};
    SqliteOrderRepository m_orders {*m_database};
    SqliteRenewalRepository m_renewals {*m_database};
    SqliteEventLog m_events {*m_database};
    SqlitePolicyRepository m_policies {*m_database};
    SqliteSolverRepository m_solvers {*m_database};
    SqlitePersistRecordRepository m_persistRecords {*m_database};
    PlatformKeyring m_keyring;
    KeyVault m_vault {*m_database, m_keyring};
    FileLeases m_leases {m_directory.leasesPath(), m_directory.description()};
};

} // namespace storage
