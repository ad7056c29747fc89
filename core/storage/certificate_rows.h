// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"
#include "storage/connection.h"

/// The rows of certificate and certificate_version, for the repositories that change them.
namespace storage {

/// A new certificate without versions, whose first order is `orderId`.
base::Result<void> insertCertificate(Connection& connection, const lifecycle::ManagedCertificate& certificate,
                                     const QString& orderId);
base::Result<void> updateCertificateRequest(Connection& connection, const QString& certificateId,
                                            const lifecycle::IssueRequest& request);
base::Result<lifecycle::ManagedCertificate> loadCertificate(Connection& connection, const QString& id);

/// Stores the version; `sealedKey` may be empty.
base::Result<void> insertVersion(Connection& connection, const lifecycle::CertificateVersion& version,
                                 const QByteArray& sealedKey);
/// Makes the version the current one of its certificate, and counts the unfinished orders again.
base::Result<void> makeCurrent(Connection& connection, const lifecycle::CertificateVersion& version);
/// The columns that readVersion() reads, up to and without WHERE.
extern const QString versionSelection;
lifecycle::CertificateVersion readVersion(Row& row);

/// Moves the renewal of a version to another moment, with the reason for it.
base::Result<void> planVersionRenewal(Connection& connection, const QString& versionId, const QDateTime& renewAt,
                                      const QString& reason);

/// Notes the newest order of a certificate. NotFound when there is no such certificate.
base::Result<void> noteNewOrder(Connection& connection, const QString& certificateId, const QString& orderId);
/// Counts the unfinished orders of a certificate again, and notes whether its newest one failed.
base::Result<void> noteOrderOutcome(Connection& connection, const QString& certificateId, const QString& orderId,
                                    bool failed);

} // namespace storage
