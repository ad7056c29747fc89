// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"

namespace storage {

class Connection;
class Database;

/// The table renewal_information.
class SqliteRenewalRepository final : public lifecycle::RenewalInformationRepository {
public:
    explicit SqliteRenewalRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<std::optional<lifecycle::RenewalInformation>>> of(QString versionId) override;
    base::Task<base::Result<QList<lifecycle::CertificateVersion>>> toAsk(lifecycle::RenewalInquiryQuery query) override;
    base::Task<base::Result<void>> store(lifecycle::RenewalInformation information,
                                         std::optional<lifecycle::RenewalDecision> plan) override;
    base::Task<base::Result<void>> postpone(QString authorityId, QDateTime now, QDateTime until,
                                            base::Error failure) override;

private:
    Database& m_database;
};

/// The row of a version that was just stored, to be asked about at once; nothing is asked about those it replaces.
base::Result<void> beginInquiries(Connection& connection, const lifecycle::CertificateVersion& version,
                                  const QString& authorityId);
/// Nothing is asked about this version any more.
base::Result<void> endInquiries(Connection& connection, const QString& versionId);

} // namespace storage
