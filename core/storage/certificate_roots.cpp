// SPDX-License-Identifier: Apache-2.0
#include "storage/certificate_roots.h"

#include "storage/certificate_list.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::RootPage;
using lifecycle::RootQuery;
using lifecycle::RootUse;

const QString currentVersions =
    u" FROM certificate c JOIN certificate_version v ON v.id = c.current_version_id WHERE c.authority_id = ? "
    "AND c.revoked_at IS NULL"_s;
const QString underRoot = currentVersions + u" AND v.root_key_id = ? AND v.root_name = ?"_s;
const QString tagged = u" AND c.id IN (SELECT ct.certificate_id FROM certificate_tag ct JOIN tag t ON t.id = ct.tag_id "
                       "WHERE t.name_key = ?)"_s;

RootUse readUse(Row& row)
{
    RootUse use;
    use.root.keyId = row.text();
    use.root.name = row.text();
    use.certificates = row.integer();
    use.firstExpiry = row.time();
    return use;
}

QString condition(const RootQuery& query)
{
    return query.tag.isEmpty() ? underRoot : underRoot + tagged;
}

QVariantList values(const RootQuery& query)
{
    QVariantList values {value(query.authorityId), value(query.root.keyId), value(query.root.name)};
    if (!query.tag.isEmpty())
        values.append(value(lifecycle::Tag::keyOf(query.tag)));
    return values;
}

Result<QStringList> pageOfIds(Connection& connection, const RootQuery& query, int offset, int limit)
{
    const QString sql =
        u"SELECT c.id"_s + condition(query) + u" ORDER BY c.not_after, c.sort_name, c.id LIMIT ? OFFSET ?"_s;
    const QVariantList bound = values(query) + QVariantList {value(limit), value(offset)};
    return connection.listOf(sql, bound, [](Row& row) { return row.text(); });
}

Result<int> countUnder(Connection& connection, const RootQuery& query)
{
    auto count = connection.firstOf(u"SELECT COUNT(*)"_s + condition(query), values(query),
                                    [](Row& row) { return row.integer(); });
    return required(std::move(count), u"the certificates cannot be counted"_s);
}

} // namespace

Result<void> storeRoot(Connection& connection, const QString& versionId, const QByteArray& chainPem)
{
    const lifecycle::ChainRoot root = lifecycle::chainRootOf(chainPem);
    return required(connection.run(u"UPDATE certificate_version SET root_key_id = ?, root_name = ? WHERE id = ?"_s,
                                   root.keyId, root.name, versionId),
                    u"there is no such certificate version"_s);
}

Result<int> storeMissingRoots(Connection& connection, int limit)
{
    const auto read = [](Row& row) { return std::pair {row.text(), row.bytes()}; };
    auto missing = connection.list(u"SELECT id, chain_pem FROM certificate_version WHERE root_key_id IS NULL LIMIT ?"_s,
                                   read, limit);
    if (!missing)
        return base::failed(std::move(missing).error());
    for (const auto& [id, chainPem] : *missing)
        if (auto stored = storeRoot(connection, id, chainPem); !stored)
            return base::failed(std::move(stored).error());
    return static_cast<int>(missing->size());
}

Result<QList<RootUse>> loadRootUses(Connection& connection, const QString& authorityId)
{
    return connection.list(u"SELECT v.root_key_id, v.root_name, COUNT(*), MIN(c.not_after)"_s + currentVersions
                               + u" GROUP BY v.root_key_id, v.root_name ORDER BY MIN(c.not_after)"_s,
                           readUse, authorityId);
}

Result<RootPage> loadUnderRoot(Connection& connection, const RootQuery& query, const QDateTime& now)
{
    auto total = countUnder(connection, query);
    if (!total)
        return base::failed(std::move(total).error());
    auto ids = pageOfIds(connection, query, query.offset, query.limit);
    if (!ids)
        return base::failed(std::move(ids).error());
    RootPage page {{}, *total};
    for (const QString& id : *ids) {
        auto row = CertificateList::row(connection, id, now);
        if (!row)
            return base::failed(std::move(row).error());
        page.rows.append(std::move(*row));
    }
    return page;
}

Result<QStringList> loadIdsUnderRoot(Connection& connection, const RootQuery& query)
{
    auto total = countUnder(connection, query);
    if (!total)
        return base::failed(std::move(total).error());
    return pageOfIds(connection, query, 0, *total);
}

} // namespace storage
