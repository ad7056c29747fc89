// SPDX-License-Identifier: Apache-2.0
#include "storage/certificate_list.h"

#include "lifecycle/certificate_filter.h"
#include "storage/certificate_state_sql.h"
#include "storage/certificate_tags.h"
#include "storage/word_filter.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::CertificatePage;
using lifecycle::CertificateQuery;
using lifecycle::CertificateRow;

CertificateRow readRow(Row& columns)
{
    CertificateRow row;
    row.id = columns.text();
    row.names = columns.texts();
    row.authorityId = columns.text();
    row.authorityName = columns.text();
    row.accountId = columns.text();
    row.state = static_cast<lifecycle::CertificateState>(columns.integer());
    row.serial = columns.text();
    row.issuer = columns.text();
    row.keyDescription = columns.text();
    row.sha256 = columns.text();
    row.notBefore = columns.time();
    row.notAfter = columns.time();
    row.renewAt = columns.time();
    row.renewalReason = columns.text();
    row.orderId = columns.text();
    row.orderUrl = columns.url();
    const bool failed = columns.flag();
    if (const auto error = columns.error(); error && failed)
        row.lastError = error->message();
    row.versions = columns.integer();
    return row;
}

CertificateList::Statement conditionFor(const QString& text)
{
    const auto filter = lifecycle::CertificateFilter::parse(text);
    const WordFilter words(u"c.names_search"_s, filter.words);
    CertificateList::Statement condition {words.condition(), words.values()};
    if (filter.anyTag)
        condition.sql += u" AND c.tag_keys <> ''"_s;
    for (const QString& key : filter.tagKeys) {
        condition.sql += u" AND c.tag_keys LIKE ? ESCAPE '\\'"_s;
        condition.values.append(tagPattern(key));
    }
    return condition;
}

} // namespace

CertificateList::CertificateList(CertificateQuery query, QDateTime now)
    : m_query(std::move(query))
    , m_now(std::move(now))
    , m_condition(conditionFor(m_query.filter))
{
}

Result<CertificatePage> CertificateList::page(Connection& connection) const
{
    auto page = count(connection);
    if (!page)
        return page;
    const Statement ids = idsStatement();
    auto shown = connection.listOf(ids.sql, ids.values, [](Row& columns) { return columns.text(); });
    if (!shown)
        return base::failed(std::move(shown).error());
    for (const QString& id : *shown) {
        auto one = row(connection, id, m_now);
        if (!one)
            return base::failed(std::move(one).error());
        page->rows.append(std::move(*one));
    }
    return page;
}

Result<CertificateRow> CertificateList::row(Connection& connection, const QString& id, const QDateTime& now)
{
    static const QString sql =
        u"SELECT c.id, c.names, c.authority_id, a.name, c.account_id, %1, v.serial, v.issuer, v.key_description, "
        "v.sha256, v.not_before, v.not_after, v.renew_at, v.renewal_reason, o.id, o.url, c.newest_order_failed, "
        "o.error, c.version_count FROM certificate c JOIN authority a ON a.id = c.authority_id "
        "LEFT JOIN certificate_version v ON v.id = c.current_version_id "
        "LEFT JOIN certificate_order o ON o.id = c.newest_order_id WHERE c.id = ?"_s.arg(state_sql::state());
    auto found = required(connection.first(sql, readRow, now, now, id), u"there is no such certificate"_s);
    if (!found)
        return found;
    auto tags = loadTags(connection, id);
    if (!tags)
        return base::failed(std::move(tags).error());
    found->tags = lifecycle::tagNames(*tags);
    return found;
}

Result<CertificatePage> CertificateList::count(Connection& connection) const
{
    const auto number = [](Row& row) { return row.integer(); };
    auto total = connection.first(u"SELECT COUNT(*) FROM certificate"_s, number);
    if (!total)
        return base::failed(std::move(total).error());
    const auto read = [this, total = total->value_or(0)](Row& row) {
        CertificatePage page;
        page.total = total;
        page.matching = row.integer();
        page.hidden = m_query.showRetired ? 0 : row.integer();
        page.matching -= page.hidden;
        return page;
    };
    const Statement count = countStatement();
    return required(connection.firstOf(count.sql, count.values, read), u"the certificates cannot be counted"_s);
}

CertificateList::Statement CertificateList::countStatement() const
{
    return {u"SELECT COUNT(*), COALESCE(SUM(CASE WHEN %1 THEN 1 ELSE 0 END), 0) FROM certificate c "
            "WHERE %2"_s.arg(state_sql::retired(), m_condition.sql),
            QVariantList {value(m_now)} + m_condition.values};
}

CertificateList::Statement CertificateList::idsStatement() const
{
    QString sql = u"SELECT c.id FROM certificate c"_s;
    if (m_query.sort == CertificateQuery::Sort::Authority)
        sql += u" JOIN authority a ON a.id = c.authority_id"_s;
    sql += u" WHERE "_s + m_condition.sql;
    QVariantList values = m_condition.values;
    if (!m_query.showRetired) {
        sql += u" AND NOT "_s + state_sql::retired();
        values.append(value(m_now));
    }
    sql += u" ORDER BY "_s + order() + u" LIMIT ? OFFSET ?"_s;
    if (m_query.sort == CertificateQuery::Sort::State)
        values << value(m_now) << value(m_now);
    values << m_query.limit << m_query.offset;
    return {sql, values};
}

QString CertificateList::order() const
{
    const QString direction = m_query.descending ? u" DESC"_s : u""_s;
    const QString byName = u"c.sort_name%1, c.id%1"_s.arg(direction);
    switch (m_query.sort) {
    case CertificateQuery::Sort::Name:
        return byName;
    case CertificateQuery::Sort::NotAfter:
        return u"c.not_after IS NULL, c.not_after%1, "_s.arg(direction) + byName;
    case CertificateQuery::Sort::RenewAt:
        return u"c.renew_at IS NULL, c.renew_at%1, "_s.arg(direction) + byName;
    case CertificateQuery::Sort::State:
        return state_sql::state() + direction + u", "_s + byName;
    case CertificateQuery::Sort::Authority:
        return u"a.name_key%1, "_s.arg(direction) + byName;
    case CertificateQuery::Sort::Tags:
        return u"CASE WHEN c.tag_keys = '' THEN 1 ELSE 0 END, c.tag_keys%1, "_s.arg(direction) + byName;
    }
    return byName;
}

} // namespace storage
