// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_renewal_repository.h"

#include "storage/certificate_rows.h"
#include "storage/database.h"
#include "storage/no_such_row.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::CertificateVersion;
using lifecycle::RenewalInformation;
using lifecycle::RenewalInquiryQuery;

const QString renewalSelection =
    u"SELECT version_id, authority_id, window_start, window_end, explanation_url, chosen_at, "
    "lifetime_at, lifetime_reason, asked_at, ask_at, error FROM renewal_information"_s;

RenewalInformation readInformation(Row& row)
{
    RenewalInformation information;
    information.versionId = row.text();
    information.authorityId = row.text();
    const QDateTime start = row.time();
    const QDateTime end = row.time();
    if (start.isValid())
        information.window = lifecycle::RenewalWindow {start, end};
    information.explanationUrl = row.url();
    information.chosenAt = row.time();
    information.lifetimeRule.at = row.time();
    information.lifetimeRule.reason = row.text();
    information.askedAt = row.time();
    information.askAt = row.time();
    information.failure = row.error();
    return information;
}

Result<void> updateInformation(Connection& connection, const RenewalInformation& information)
{
    const QDateTime start = information.window ? information.window->start : QDateTime();
    const QDateTime end = information.window ? information.window->end : QDateTime();
    return required(connection.run(u"UPDATE renewal_information SET window_start = ?, window_end = ?, "
                                   "explanation_url = ?, chosen_at = ?, asked_at = ?, ask_at = ?, error = ? "
                                   "WHERE version_id = ?"_s,
                                   start, end, information.explanationUrl, information.chosenAt, information.askedAt,
                                   information.askAt, information.failure, information.versionId),
                    noSuchCertificateVersion);
}

// The clock may have been set back by so much that a moment to ask lies further ahead than any authority asks for.
constexpr qint64 longestWaitSeconds = 25LL * 3600;

} // namespace

base::Task<Result<std::optional<RenewalInformation>>> SqliteRenewalRepository::of(QString versionId)
{
    return m_database.read([versionId = std::move(versionId)](Connection& connection) {
        return connection.first(renewalSelection + u" WHERE version_id = ?"_s, readInformation, versionId);
    });
}

base::Task<Result<QList<CertificateVersion>>> SqliteRenewalRepository::toAsk(RenewalInquiryQuery query)
{
    return m_database.read([query = std::move(query)](Connection& connection) -> Result<QList<CertificateVersion>> {
        const bool all = query.unlessAskedSince.isValid();
        const QString due = all ? u"r.ask_at IS NOT NULL AND (r.asked_at IS NULL OR r.asked_at < ?)"_s
                                : u"(r.ask_at <= ? OR r.ask_at > ?)"_s;
        const QString sql = u"SELECT r.version_id FROM renewal_information r JOIN certificate c "
                            "ON c.current_version_id = r.version_id WHERE r.authority_id = ? AND %1 "
                            "AND c.revoked_at IS NULL AND c.not_after > ? ORDER BY r.ask_at LIMIT ?"_s.arg(due);
        QVariantList values {value(query.authorityId)};
        if (all)
            values << value(query.unlessAskedSince);
        else
            values << value(query.now) << value(query.now.addSecs(longestWaitSeconds));
        values << value(query.now) << query.limit;
        auto ids = connection.listOf(sql, values, [](Row& row) { return row.text(); });
        if (!ids)
            return base::failed(std::move(ids).error());
        QList<CertificateVersion> versions;
        for (const QString& id : *ids) {
            auto version = required(connection.first(versionSelection + u" WHERE id = ?"_s, readVersion, id),
                                    noSuchCertificateVersion);
            if (!version)
                return base::failed(std::move(version).error());
            versions.append(*std::move(version));
        }
        return versions;
    });
}

base::Task<Result<void>> SqliteRenewalRepository::store(RenewalInformation information,
                                                        std::optional<lifecycle::RenewalDecision> plan)
{
    return m_database.run([information = std::move(information), plan = std::move(plan)](Connection& connection) {
        auto updated = updateInformation(connection, information);
        if (!updated || !plan)
            return updated;
        return planVersionRenewal(connection, information.versionId, plan->at, plan->reason);
    });
}

base::Task<Result<void>> SqliteRenewalRepository::postpone(QString authorityId, QDateTime now, QDateTime until,
                                                           base::Error failure)
{
    return m_database.run([authorityId = std::move(authorityId), now, until,
                           failure = std::optional(std::move(failure))](Connection& connection) -> Result<void> {
        return whetherDone(connection.run(u"UPDATE renewal_information SET asked_at = ?, ask_at = ?, error = ? "
                                          "WHERE authority_id = ? AND ask_at <= ?"_s,
                                          now, until, failure, authorityId, now));
    });
}

Result<void> beginInquiries(Connection& connection, const CertificateVersion& version, const QString& authorityId)
{
    auto ended = connection.run(u"UPDATE renewal_information SET ask_at = NULL WHERE version_id IN "
                                "(SELECT id FROM certificate_version WHERE certificate_id = ?)"_s,
                                version.certificateId);
    if (!ended)
        return base::failed(std::move(ended).error());
    return required(connection.run(u"INSERT INTO renewal_information (version_id, authority_id, lifetime_at, "
                                   "lifetime_reason, ask_at) VALUES (?, ?, ?, ?, ?)"_s,
                                   version.id, authorityId, version.renewAt, version.renewalReason, version.issuedAt),
                    noSuchCertificateVersion);
}

Result<void> endInquiries(Connection& connection, const QString& versionId)
{
    return whetherDone(
        connection.run(u"UPDATE renewal_information SET ask_at = NULL WHERE version_id = ?"_s, versionId));
}

} // namespace storage
