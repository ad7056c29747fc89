// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_certificate_repository.h"

#include "storage/certificate_list.h"
#include "storage/certificate_roots.h"
#include "storage/certificate_rows.h"
#include "storage/certificate_state_sql.h"
#include "storage/certificate_tags.h"
#include "storage/database.h"
#include "storage/no_such_row.h"
#include "storage/sqlite_renewal_repository.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using lifecycle::CertificateCounts;
using lifecycle::CertificateVersion;
using lifecycle::ManagedCertificate;

const QString notStopped =
    u"c.authority_id NOT IN (SELECT authority_id FROM authority_condition WHERE stopped_at IS NOT NULL)"_s;
constexpr int rootsAtOnce = 500;
const QString missingVersion = u"there is no such certificate version"_s;

Result<void> refuseWhileOrdered(Connection& connection, const QString& certificateId)
{
    auto open = required(connection.first(
                             u"SELECT open_orders FROM certificate WHERE id = ?"_s,
                             [](Row& row) { return row.integer(); }, certificateId),
                         noSuchCertificate);
    if (!open)
        return base::failed(std::move(open).error());
    if (*open > 0)
        return base::failed(ErrorCode::Busy, u"an order for this certificate is unfinished; cancel it first"_s);
    return {};
}

Result<CertificateCounts> countAll(Connection& connection, const QDateTime& now)
{
    const QString sql =
        u"SELECT COUNT(*), COALESCE(SUM(CASE WHEN c.open_orders > 0 THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN %1 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN c.open_orders = 0 "
        "AND c.revoked_at IS NOT NULL THEN 1 ELSE 0 END), 0) FROM certificate c"_s.arg(state_sql::needsAttention());
    const auto read = [](Row& row) {
        CertificateCounts counts;
        const int total = row.integer();
        counts.renewing = row.integer();
        counts.needAttention = row.integer();
        counts.safe = total - counts.renewing - counts.needAttention - row.integer();
        return counts;
    };
    return required(connection.first(sql, read, now, now), noSuchCertificate);
}

Result<CertificateCounts> withNextRenewal(Connection& connection, CertificateCounts counts, const QDateTime& now)
{
    const QString sql = u"SELECT c.renew_at, c.sort_name FROM certificate c WHERE c.renew_at > ? AND %1 "
                        "ORDER BY c.renew_at LIMIT 1"_s.arg(state_sql::renewable());
    auto next = connection.first(
        sql,
        [](Row& row) {
            return std::pair {row.time(), row.text()};
        },
        now);
    if (!next)
        return base::failed(std::move(next).error());
    if (*next)
        std::tie(counts.nextRenewal, counts.nextRenewalName) = **next;
    return counts;
}

Result<QList<ManagedCertificate>> loadAll(Connection& connection, const QStringList& ids)
{
    QList<ManagedCertificate> certificates;
    for (const QString& id : ids) {
        auto certificate = loadCertificate(connection, id);
        if (!certificate)
            return base::failed(std::move(certificate).error());
        certificates.append(std::move(*certificate));
    }
    return certificates;
}

} // namespace

base::Task<Result<lifecycle::CertificatePage>> SqliteCertificateRepository::page(lifecycle::CertificateQuery query,
                                                                                 QDateTime now)
{
    return m_database.read(
        [list = CertificateList(std::move(query), now)](Connection& connection) { return list.page(connection); });
}

base::Task<Result<lifecycle::CertificateRow>> SqliteCertificateRepository::row(QString id, QDateTime now)
{
    return m_database.read(
        [id = std::move(id), now](Connection& connection) { return CertificateList::row(connection, id, now); });
}

base::Task<Result<ManagedCertificate>> SqliteCertificateRepository::byId(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) { return loadCertificate(connection, id); });
}

base::Task<Result<QList<CertificateVersion>>> SqliteCertificateRepository::versions(QString certificateId)
{
    return m_database.read([certificateId = std::move(certificateId)](Connection& connection) {
        return connection.list(versionSelection + u" WHERE certificate_id = ? ORDER BY issued_at DESC, id DESC"_s,
                               readVersion, certificateId);
    });
}

base::Task<Result<CertificateVersion>> SqliteCertificateRepository::version(QString versionId)
{
    return m_database.read([versionId = std::move(versionId)](Connection& connection) {
        return required(connection.first(versionSelection + u" WHERE id = ?"_s, readVersion, versionId),
                        missingVersion);
    });
}

base::Task<Result<QByteArray>> SqliteCertificateRepository::sealedKey(QString versionId)
{
    return m_database.read([versionId = std::move(versionId)](Connection& connection) {
        auto sealed = connection.first(
            u"SELECT private_key FROM certificate_version WHERE id = ? AND private_key IS NOT NULL"_s,
            [](Row& row) { return row.bytes(); }, versionId);
        return required(std::move(sealed), u"no private key is stored for this certificate version"_s);
    });
}

base::Task<Result<void>> SqliteCertificateRepository::markRevoked(CertificateVersion version)
{
    return m_database.run([version = std::move(version)](Connection& connection) -> Result<void> {
        auto marked =
            required(connection.run(u"UPDATE certificate_version SET revoked_at = ?, revocation_reason = ?, "
                                    "revocation_note = ? WHERE id = ?"_s,
                                    version.revokedAt, version.revocationReason, version.revocationNote, version.id),
                     missingVersion);
        if (!marked)
            return marked;
        auto current = connection.run(u"UPDATE certificate SET revoked_at = ? WHERE current_version_id = ?"_s,
                                      version.revokedAt, version.id);
        if (!current)
            return base::failed(std::move(current).error());
        return endInquiries(connection, version.id);
    });
}

base::Task<Result<void>> SqliteCertificateRepository::updateRequest(QString certificateId,
                                                                    lifecycle::IssueRequest request)
{
    return m_database.run(
        [certificateId = std::move(certificateId), request = std::move(request)](Connection& connection) {
            return updateCertificateRequest(connection, certificateId, request);
        });
}

base::Task<Result<void>> SqliteCertificateRepository::planRenewal(QString versionId, QDateTime renewAt, QString reason)
{
    return m_database.run([versionId = std::move(versionId), renewAt = std::move(renewAt),
                           reason = std::move(reason)](Connection& connection) {
        return planVersionRenewal(connection, versionId, renewAt, reason);
    });
}

base::Task<Result<void>> SqliteCertificateRepository::remove(QString certificateId)
{
    return m_database.run([certificateId = std::move(certificateId)](Connection& connection) -> Result<void> {
        if (auto allowed = refuseWhileOrdered(connection, certificateId); !allowed)
            return allowed;
        return required(connection.run(u"DELETE FROM certificate WHERE id = ?"_s, certificateId), noSuchCertificate);
    });
}

base::Task<Result<QList<ManagedCertificate>>> SqliteCertificateRepository::due(QDateTime now, int limit)
{
    return m_database.read([now = std::move(now), limit](Connection& connection) -> Result<QList<ManagedCertificate>> {
        auto ids = connection.list(
            u"SELECT c.id FROM certificate c WHERE c.renew_at <= ? AND %1 AND %2 "
            "ORDER BY c.renew_at LIMIT ?"_s.arg(state_sql::renewable(), notStopped),
            [](Row& row) { return row.text(); }, now, limit);
        if (!ids)
            return base::failed(std::move(ids).error());
        return loadAll(connection, *ids);
    });
}

base::Task<Result<CertificateCounts>> SqliteCertificateRepository::counts(QDateTime now)
{
    return m_database.read([now = std::move(now)](Connection& connection) -> Result<CertificateCounts> {
        auto counts = countAll(connection, now);
        if (!counts)
            return counts;
        return withNextRenewal(connection, *std::move(counts), now);
    });
}

base::Task<Result<QList<lifecycle::TaggedCertificate>>>
SqliteCertificateRepository::changeTags(lifecycle::TagChange change)
{
    return m_database.run(
        [change = std::move(change)](Connection& connection) { return storage::changeTags(connection, change); });
}

base::Task<Result<QList<lifecycle::TagUse>>> SqliteCertificateRepository::tagUses()
{
    return m_database.read([](Connection& connection) { return loadTagUses(connection); });
}

base::Task<Result<QList<lifecycle::RootUse>>> SqliteCertificateRepository::rootUses(QString authorityId)
{
    const auto storeSome = [](Connection& connection) { return storeMissingRoots(connection, rootsAtOnce); };
    for (int stored = rootsAtOnce; stored == rootsAtOnce;) {
        auto some = co_await m_database.run(storeSome);
        if (!some)
            co_return base::failed(std::move(some), u"finding the roots of certificates");
        stored = *some;
    }
    auto load = [authorityId](Connection& connection) { return loadRootUses(connection, authorityId); };
    co_return co_await m_database.read(std::move(load));
}

base::Task<Result<lifecycle::RootPage>> SqliteCertificateRepository::underRoot(lifecycle::RootQuery query,
                                                                               QDateTime now)
{
    return m_database.read([query = std::move(query), now = std::move(now)](Connection& connection) {
        return loadUnderRoot(connection, query, now);
    });
}

base::Task<Result<QStringList>> SqliteCertificateRepository::idsUnderRoot(lifecycle::RootQuery query)
{
    return m_database.read(
        [query = std::move(query)](Connection& connection) { return loadIdsUnderRoot(connection, query); });
}

} // namespace storage
