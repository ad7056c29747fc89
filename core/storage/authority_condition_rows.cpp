// SPDX-License-Identifier: Apache-2.0
#include "storage/database.h"
#include "storage/no_such_row.h"
#include "storage/sqlite_authority_repository.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::AuthorityCondition;

const QString conditionSelection = u"SELECT authority_id, checked_at, latency_ms, clock_known, clock_offset_ms, error, "
                                   "rate_limited_until, stopped_at, stop_reason, served_pem FROM authority_condition"_s;

AuthorityCondition conditionFrom(Row& row)
{
    AuthorityCondition condition;
    condition.authorityId = row.text();
    condition.checkedAt = row.time();
    condition.latencyMs = row.integer();
    const bool clockKnown = row.flag();
    const qint64 offset = row.number();
    if (clockKnown)
        condition.clockOffsetMs = offset;
    condition.error = row.error();
    condition.rateLimitedUntil = row.time();
    condition.stoppedAt = row.time();
    condition.stopReason = row.text();
    condition.servedPem = row.bytes();
    return condition;
}

/// Changes columns of the authority's row, which is made where there is none.
template <class... Args>
Result<void> change(Connection& connection, const QString& id, const QString& columns, const Args&... values)
{
    auto made = connection.run(u"INSERT INTO authority_condition (authority_id, latency_ms, clock_known, "
                               "clock_offset_ms, stop_reason) SELECT id, -1, 0, 0, '' FROM authority WHERE id = ? "
                               "AND id NOT IN (SELECT authority_id FROM authority_condition)"_s,
                               id);
    if (!made)
        return base::failed(std::move(made).error());
    return required(
        connection.run(u"UPDATE authority_condition SET %1 WHERE authority_id = ?"_s.arg(columns), values..., id),
        noSuchAuthority);
}

} // namespace

base::Task<Result<QList<AuthorityCondition>>> SqliteAuthorityRepository::conditions()
{
    return m_database.read([](Connection& connection) { return connection.list(conditionSelection, conditionFrom); });
}

base::Task<Result<AuthorityCondition>> SqliteAuthorityRepository::condition(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) -> Result<AuthorityCondition> {
        auto found = connection.first(conditionSelection + u" WHERE authority_id = ?"_s, conditionFrom, id);
        if (!found)
            return base::failed(std::move(found).error());
        AuthorityCondition never;
        never.authorityId = id;
        return found->value_or(never);
    });
}

base::Task<Result<void>> SqliteAuthorityRepository::noteLook(AuthorityCondition condition)
{
    return m_database.run([condition = std::move(condition)](Connection& connection) {
        return change(connection, condition.authorityId,
                      u"checked_at = ?, latency_ms = ?, clock_known = ?, clock_offset_ms = ?, error = ?"_s,
                      condition.checkedAt, condition.latencyMs, condition.clockOffsetMs.has_value(),
                      condition.clockOffsetMs.value_or(0), condition.error);
    });
}

base::Task<Result<void>> SqliteAuthorityRepository::noteRateLimit(QString id, QDateTime until)
{
    return m_database.run([id = std::move(id), until = std::move(until)](Connection& connection) {
        return change(connection, id, u"rate_limited_until = ?"_s, until);
    });
}

base::Task<Result<void>> SqliteAuthorityRepository::noteStop(AuthorityCondition condition)
{
    return m_database.run([condition = std::move(condition)](Connection& connection) {
        return change(connection, condition.authorityId, u"stopped_at = ?, stop_reason = ?, served_pem = ?"_s,
                      condition.stoppedAt, condition.stopReason, condition.servedPem);
    });
}

} // namespace storage
