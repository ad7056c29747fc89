// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"

namespace storage {

class Database;

/// The tables certificate and certificate_version. The state of a row is computed in SQL from stored columns and the
/// time.
class SqliteCertificateRepository final : public lifecycle::CertificateRepository {
public:
    explicit SqliteCertificateRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<lifecycle::CertificatePage>> page(lifecycle::CertificateQuery query,
                                                              QDateTime now) override;
    base::Task<base::Result<lifecycle::CertificateRow>> row(QString id, QDateTime now) override;
    base::Task<base::Result<lifecycle::ManagedCertificate>> byId(QString id) override;
    base::Task<base::Result<QList<lifecycle::CertificateVersion>>> versions(QString certificateId) override;
    base::Task<base::Result<lifecycle::CertificateVersion>> version(QString versionId) override;
    base::Task<base::Result<QByteArray>> sealedKey(QString versionId) override;
    base::Task<base::Result<void>> markRevoked(lifecycle::CertificateVersion version) override;
    base::Task<base::Result<void>> updateRequest(QString certificateId, lifecycle::IssueRequest request) override;
    base::Task<base::Result<void>> planRenewal(QString versionId, QDateTime renewAt, QString reason) override;
    base::Task<base::Result<void>> remove(QString certificateId) override;
    base::Task<base::Result<QList<lifecycle::ManagedCertificate>>> due(QDateTime now, int limit) override;
    base::Task<base::Result<lifecycle::CertificateCounts>> counts(QDateTime now) override;
    base::Task<base::Result<QList<lifecycle::TaggedCertificate>>> changeTags(lifecycle::TagChange change) override;
    base::Task<base::Result<QList<lifecycle::TagUse>>> tagUses() override;
    base::Task<base::Result<QList<lifecycle::RootUse>>> rootUses(QString authorityId) override;
    base::Task<base::Result<lifecycle::RootPage>> underRoot(lifecycle::RootQuery query, QDateTime now) override;
    base::Task<base::Result<QStringList>> idsUnderRoot(lifecycle::RootQuery query) override;

private:
    Database& m_database;
};

} // namespace storage
