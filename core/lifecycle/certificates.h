// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "exchange/exporter.h"
#include "inspect/certificate_report.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/renewal_information.h"
#include "lifecycle/revocation_reason.h"
#include "lifecycle/tag.h"
#include "lifecycle/vault.h"

#include <stop_token>

namespace lifecycle {

class AccountKeys;
class AcmeClients;
class Journal;
struct Repositories;

/// A certificate with everything that the detail panel shows.
struct CertificateDetails {
    CertificateRow row;
    ManagedCertificate certificate;
    QList<CertificateVersion> versions; ///< newest first
    inspect::ReportNode report; ///< of the current version; without children before the first
    std::optional<RenewalInformation> renewal = {}; ///< of the current version
};

/// What an operator asks for when exporting.
struct ExportRequest {
    QString certificateId;
    QString versionId; ///< its id or serial number; empty: the current one
    exchange::ExportFormat format = exchange::ExportFormat::FullChain;
    QString path;
    SharedSecret password; ///< for PKCS#12 and for an encrypted key
    bool unencryptedKey = false; ///< the operator insists
    bool overwrite = false;
};

/// What an operator asks for when revoking.
struct RevokeRequest {
    QString certificateId;
    QString versionId; ///< its id or serial number; empty: the current one
    int reason = 0; ///< RFC 5280 section 5.3.1
    QString note; ///< for the event log only; the authority never sees it
    bool withCertificateKey = false;
};

/// The certificates under management.
class Certificates {
public:
    Certificates(Repositories& repositories, AcmeClients& clients, AccountKeys& accountKeys, Vault& vault,
                 Journal& journal);

    base::Task<base::Result<CertificatePage>> page(CertificateQuery query);
    /// Parses in the pool.
    base::Task<base::Result<CertificateDetails>> details(QString id);
    /// Errors name "password", "path" or "format"; AlreadyExists where the file exists and `overwrite` is not set.
    base::Task<base::Result<void>> exportTo(ExportRequest request);
    base::Task<base::Result<void>> revoke(RevokeRequest request, std::stop_token stop);
    base::Task<base::Result<QList<TagUse>>> tags();
    /// Adds and removes tags, of all of the certificates or, where one of them does not exist (NotFound), of none: how
    /// many are not as they were. InvalidInput about "tags" or "certificates".
    base::Task<base::Result<int>> changeTags(TagChange change);
    /// Forgets a certificate and its keys for good. Busy while an order for it runs.
    base::Task<base::Result<void>> remove(QString id);

private:
    base::Task<base::Result<CertificateVersion>> chosenVersion(QString certificateId, QString versionId);
    base::Task<base::Result<std::optional<crypto::PrivateKey>>> keyOf(CertificateVersion version);
    base::Task<base::Result<void>> sendRevocation(CertificateVersion version, RevokeRequest request,
                                                  std::stop_token stop);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    AccountKeys& m_accountKeys;
    Vault& m_vault;
    Journal& m_journal;
};

} // namespace lifecycle
