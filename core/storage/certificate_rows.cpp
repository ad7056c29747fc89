// SPDX-License-Identifier: Apache-2.0
#include "storage/certificate_rows.h"

#include "storage/certificate_roots.h"
#include "storage/certificate_tags.h"
#include "storage/no_such_row.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::CertificateVersion;
using lifecycle::IssueRequest;
using lifecycle::ManagedCertificate;

const QString openOrders = u"(SELECT COUNT(*) FROM certificate_order o WHERE o.certificate_id = certificate.id "
                           "AND o.finished = 0)"_s;

QString sortName(const IssueRequest& request)
{
    return request.names.isEmpty() ? u""_s : request.names.first().value().toLower();
}

/// Each name as it is sent and, where it differs, as it is read.
QString searchText(const IssueRequest& request)
{
    QStringList texts;
    for (const base::Identifier& name : request.names) {
        texts.append(name.value());
        if (const QString shown = name.displayName(); shown != name.value())
            texts.append(shown);
    }
    return texts.join(u'\n').toLower();
}

Result<ManagedCertificate> readCertificate(Row& row)
{
    ManagedCertificate certificate;
    certificate.id = row.text();
    auto request = IssueRequest::fromJson(row.json());
    if (!request)
        return base::failed(std::move(request), u"reading a certificate's request");
    certificate.request = std::move(*request);
    certificate.createdAt = row.time();
    certificate.currentVersionId = row.text();
    return certificate;
}

} // namespace

const QString versionSelection = u"SELECT id, certificate_id, order_id, names, subject, issuer, serial, not_before, "
                                 "not_after, key_description, sha256, sha1, chain_pem, issued_at, renew_at, "
                                 "renewal_reason, revoked_at, revocation_reason, revocation_note, has_key, issuance "
                                 "FROM certificate_version"_s;

Result<void> insertCertificate(Connection& connection, const ManagedCertificate& certificate, const QString& orderId)
{
    const IssueRequest& request = certificate.request;
    auto inserted = connection.run(
        u"INSERT INTO certificate (id, authority_id, account_id, request, names, sort_name, names_search, created_at, "
        "version_count, newest_order_id, newest_order_failed, open_orders, needs_csr) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 1, ?)"_s,
        certificate.id, request.authorityId, request.accountId, request.toJson(), base::identifierValues(request.names),
        sortName(request), searchText(request), certificate.createdAt, orderId, request.needsFreshCsr());
    if (!inserted)
        return base::failed(std::move(inserted).error());
    return insertTags(connection, certificate.id, certificate.tags);
}

Result<void> updateCertificateRequest(Connection& connection, const QString& certificateId, const IssueRequest& request)
{
    return required(connection.run(u"UPDATE certificate SET authority_id = ?, account_id = ?, request = ?, names = ?, "
                                   "sort_name = ?, names_search = ?, needs_csr = ? WHERE id = ?"_s,
                                   request.authorityId, request.accountId, request.toJson(),
                                   base::identifierValues(request.names), sortName(request), searchText(request),
                                   request.needsFreshCsr(), certificateId),
                    noSuchCertificate);
}

Result<ManagedCertificate> loadCertificate(Connection& connection, const QString& id)
{
    auto certificate =
        required(connection.first(u"SELECT id, request, created_at, current_version_id FROM certificate WHERE id = ?"_s,
                                  readCertificate, id),
                 noSuchCertificate);
    if (!certificate)
        return certificate;
    auto tags = loadTags(connection, id);
    if (!tags)
        return base::failed(std::move(tags).error());
    certificate->tags = std::move(*tags);
    return certificate;
}

Result<void> insertVersion(Connection& connection, const CertificateVersion& version, const QByteArray& sealedKey)
{
    auto inserted =
        required(connection.run(
                     u"INSERT INTO certificate_version (id, certificate_id, order_id, names, subject, issuer, serial, "
                     "not_before, not_after, key_description, sha256, sha1, chain_pem, issued_at, renew_at, "
                     "renewal_reason, revoked_at, revocation_reason, revocation_note, has_key, private_key, issuance) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                     version.id, version.certificateId, orNull(version.orderId), version.names, version.subject,
                     version.issuer, version.serial, version.notBefore, version.notAfter, version.keyDescription,
                     version.sha256, version.sha1, version.chainPem, version.issuedAt, version.renewAt,
                     version.renewalReason, version.revokedAt, version.revocationReason, version.revocationNote,
                     !sealedKey.isEmpty(), orNull(sealedKey), version.facts.toJson()),
                 noSuchCertificate);
    return inserted ? storeRoot(connection, version.id, version.chainPem) : inserted;
}

Result<void> makeCurrent(Connection& connection, const CertificateVersion& version)
{
    return required(
        connection.run(u"UPDATE certificate SET current_version_id = ?, version_count = version_count + 1, "
                       "not_after = ?, renew_at = ?, revoked_at = ?, newest_order_failed = 0, open_orders = %1 "
                       "WHERE id = ?"_s.arg(openOrders),
                       version.id, version.notAfter, version.renewAt, version.revokedAt, version.certificateId),
        noSuchCertificate);
}

CertificateVersion readVersion(Row& row)
{
    CertificateVersion version;
    version.id = row.text();
    version.certificateId = row.text();
    version.orderId = row.text();
    version.names = row.texts();
    version.subject = row.text();
    version.issuer = row.text();
    version.serial = row.text();
    version.notBefore = row.time();
    version.notAfter = row.time();
    version.keyDescription = row.text();
    version.sha256 = row.text();
    version.sha1 = row.text();
    version.chainPem = row.bytes();
    version.issuedAt = row.time();
    version.renewAt = row.time();
    version.renewalReason = row.text();
    version.revokedAt = row.time();
    version.revocationReason = row.integer();
    version.revocationNote = row.text();
    version.hasKey = row.flag();
    version.facts = lifecycle::IssuanceFacts::fromJson(row.json());
    return version;
}

Result<void> planVersionRenewal(Connection& connection, const QString& versionId, const QDateTime& renewAt,
                                const QString& reason)
{
    auto planned =
        required(connection.run(u"UPDATE certificate_version SET renew_at = ?, renewal_reason = ? WHERE id = ?"_s,
                                renewAt, reason, versionId),
                 noSuchCertificateVersion);
    if (!planned)
        return planned;
    return whetherDone(
        connection.run(u"UPDATE certificate SET renew_at = ? WHERE current_version_id = ?"_s, renewAt, versionId));
}

Result<void> noteNewOrder(Connection& connection, const QString& certificateId, const QString& orderId)
{
    return required(connection.run(u"UPDATE certificate SET newest_order_id = ?, newest_order_failed = 0, "
                                   "open_orders = open_orders + 1 WHERE id = ?"_s,
                                   orderId, certificateId),
                    noSuchCertificate);
}

Result<void> noteOrderOutcome(Connection& connection, const QString& certificateId, const QString& orderId, bool failed)
{
    return required(
        connection.run(
            u"UPDATE certificate SET open_orders = %1, newest_order_failed = "
            "CASE WHEN newest_order_id = ? THEN ? ELSE newest_order_failed END WHERE id = ?"_s.arg(openOrders),
            orderId, failed, certificateId),
        noSuchCertificate);
}

} // namespace storage
