// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_policy_repository.h"

#include "storage/database.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::IssuancePolicy;
using lifecycle::NameHolder;
using lifecycle::NameRefusal;

constexpr qsizetype portion = 100;
const QString refusalSelection =
    u"SELECT name, authority_id, account_id, order_id, at, type, detail FROM name_refusal"_s;

Result<IssuancePolicy> policyFrom(Row& row)
{
    IssuancePolicy policy;
    policy.authorityId = row.text();
    policy.accountId = row.text();
    auto allowed = lifecycle::parseNameRules(row.texts());
    auto denied = lifecycle::parseNameRules(row.texts());
    if (!allowed || !denied)
        return base::failed(std::move(allowed ? denied : allowed), u"reading the rules about names");
    policy.allowed = *std::move(allowed);
    policy.denied = *std::move(denied);
    return policy;
}

NameRefusal refusalFrom(Row& row)
{
    NameRefusal refusal;
    refusal.name = row.text();
    refusal.authorityId = row.text();
    refusal.accountId = row.text();
    refusal.orderId = row.text();
    refusal.at = row.time();
    refusal.type = row.text();
    refusal.detail = row.text();
    return refusal;
}

NameHolder holderFrom(Row& row)
{
    NameHolder holder;
    holder.name = row.text();
    holder.certificateId = row.text();
    holder.title = row.texts().value(0);
    holder.authorityName = row.text();
    return holder;
}

QString placeholders()
{
    static const QString marks = QStringList(portion, u"?"_s).join(u',');
    return marks;
}

/// Calls `read` for every portion of the names, padded to the same size with a name that nothing has.
template <class T, class Read>
Result<QList<T>> inPortions(const QStringList& names, Read read)
{
    QList<T> found;
    for (qsizetype begin = 0; begin < names.size(); begin += portion) {
        QVariantList values;
        for (qsizetype i = begin; i < begin + portion; ++i)
            values.append(i < names.size() ? value(names[i]) : value(u""_s));
        Result<QList<T>> part = read(values);
        if (!part)
            return part;
        found += *std::move(part);
    }
    return found;
}

Result<void> remove(Connection& connection, const IssuancePolicy& policy)
{
    return whetherDone(
        connection.run(u"DELETE FROM issuance_policy WHERE authority_id = ? AND COALESCE(account_id, '') = ?"_s,
                       policy.authorityId, policy.accountId));
}

} // namespace

base::Task<Result<QList<IssuancePolicy>>> SqlitePolicyRepository::policies(QString authorityId)
{
    return m_database.read([authorityId = std::move(authorityId)](Connection& connection) {
        return connection.list(u"SELECT authority_id, account_id, allowed, denied FROM issuance_policy "
                               "WHERE authority_id = ? ORDER BY COALESCE(account_id, '')"_s,
                               policyFrom, authorityId);
    });
}

base::Task<Result<void>> SqlitePolicyRepository::store(IssuancePolicy policy)
{
    return m_database.run([policy = std::move(policy)](Connection& connection) -> Result<void> {
        auto removed = remove(connection, policy);
        if (!removed || policy.isEmpty())
            return removed;
        return whetherDone(connection.run(
            u"INSERT INTO issuance_policy (authority_id, account_id, allowed, denied) VALUES (?, ?, ?, ?)"_s,
            policy.authorityId, orNull(policy.accountId), lifecycle::ruleTexts(policy.allowed),
            lifecycle::ruleTexts(policy.denied)));
    });
}

base::Task<Result<void>> SqlitePolicyRepository::remember(QList<NameRefusal> refusals)
{
    return m_database.run([refusals = std::move(refusals)](Connection& connection) -> Result<void> {
        for (const NameRefusal& refusal : refusals) {
            auto stored = whetherDone(connection.run(
                u"INSERT INTO name_refusal (name, authority_id, account_id, order_id, at, type, detail) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name, authority_id, account_id) DO UPDATE SET "
                "order_id = excluded.order_id, at = excluded.at, type = excluded.type, detail = excluded.detail"_s,
                refusal.name, refusal.authorityId, refusal.accountId, refusal.orderId, refusal.at, refusal.type,
                refusal.detail));
            if (!stored)
                return stored;
        }
        return {};
    });
}

base::Task<Result<void>> SqlitePolicyRepository::forget(QString authorityId, QString accountId, QStringList names)
{
    return m_database.run([authorityId = std::move(authorityId), accountId = std::move(accountId),
                           names = std::move(names)](Connection& connection) -> Result<void> {
        for (const QString& name : names) {
            auto forgotten = whetherDone(
                connection.run(u"DELETE FROM name_refusal WHERE name = ? AND authority_id = ? AND account_id = ?"_s,
                               name, authorityId, accountId));
            if (!forgotten)
                return forgotten;
        }
        return {};
    });
}

base::Task<Result<QList<NameRefusal>>> SqlitePolicyRepository::refusals(QString authorityId, int limit)
{
    return m_database.read([authorityId = std::move(authorityId), limit](Connection& connection) {
        return connection.list(refusalSelection + u" WHERE authority_id = ? ORDER BY at DESC, name LIMIT ?"_s,
                               refusalFrom, authorityId, limit);
    });
}

base::Task<Result<QList<NameRefusal>>> SqlitePolicyRepository::refusalsOf(QString authorityId, QStringList names)
{
    return m_database.read([authorityId = std::move(authorityId), names = std::move(names)](Connection& connection) {
        const QString sql = refusalSelection + u" WHERE name IN (%1) AND authority_id = ?"_s.arg(placeholders());
        return inPortions<NameRefusal>(names, [&](QVariantList values) {
            return connection.listOf(sql, values << value(authorityId), refusalFrom);
        });
    });
}

base::Task<Result<QList<NameHolder>>> SqlitePolicyRepository::holders(QStringList names, QDateTime now)
{
    return m_database.read([names = std::move(names), now = std::move(now)](Connection& connection) {
        const QString sql = u"SELECT n.name, c.id, c.names, a.name FROM certificate_name n JOIN certificate c ON c.id "
                            u"= n.certificate_id "
                            "JOIN authority a ON a.id = c.authority_id WHERE n.name IN (%1) AND c.revoked_at IS NULL "
                            "AND c.not_after > ?"_s.arg(placeholders());
        return inPortions<NameHolder>(
            names, [&](QVariantList values) { return connection.listOf(sql, values << value(now), holderFrom); });
    });
}

} // namespace storage
