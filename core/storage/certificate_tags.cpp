// SPDX-License-Identifier: Apache-2.0
#include "storage/certificate_tags.h"

#include "crypto/random.h"
#include "storage/word_filter.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::Tag;
using lifecycle::TagChange;
using lifecycle::TaggedCertificate;

constexpr qsizetype namedInErrors = 5;

Result<std::optional<QString>> knownTagId(Connection& connection, const Tag& tag)
{
    return connection.first(
        u"SELECT id FROM tag WHERE name_key = ?"_s, [](Row& row) { return row.text(); }, tag.key());
}

/// The tag's id, of a new tag where there is none of that name.
Result<QString> tagId(Connection& connection, const Tag& tag)
{
    auto known = knownTagId(connection, tag);
    if (!known)
        return base::failed(std::move(known).error());
    if (*known)
        return **known;
    const QString id = QString::fromLatin1(crypto::randomBytes(16).toHex());
    auto inserted =
        connection.run(u"INSERT INTO tag (id, name, name_key) VALUES (?, ?, ?)"_s, id, tag.name(), tag.key());
    if (!inserted)
        return base::failed(std::move(inserted).error());
    return id;
}

/// Repeats the keys of a certificate's tags in its own row, each between line feeds, which no tag has.
Result<void> noteKeys(Connection& connection, const QString& certificateId)
{
    auto keys = connection.list(
        u"SELECT t.name_key FROM certificate_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.certificate_id = ? "
        "ORDER BY t.name_key"_s,
        [](Row& row) { return row.text(); }, certificateId);
    if (!keys)
        return base::failed(std::move(keys).error());
    const QString noted = keys->isEmpty() ? u""_s : u'\n' + QStringList(*keys).join(u'\n') + u'\n';
    return whetherDone(connection.run(u"UPDATE certificate SET tag_keys = ? WHERE id = ?"_s, noted, certificateId));
}

Result<int> give(Connection& connection, const QString& certificateId, const QStringList& tagIds)
{
    int given = 0;
    for (const QString& id : tagIds) {
        auto inserted = connection.run(
            u"INSERT INTO certificate_tag (certificate_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING"_s,
            certificateId, id);
        if (!inserted)
            return inserted;
        given += *inserted;
    }
    return given;
}

Result<int> take(Connection& connection, const QString& certificateId, const QStringList& tagIds)
{
    int taken = 0;
    for (const QString& id : tagIds) {
        auto deleted =
            connection.run(u"DELETE FROM certificate_tag WHERE certificate_id = ? AND tag_id = ?"_s, certificateId, id);
        if (!deleted)
            return deleted;
        taken += *deleted;
    }
    return taken;
}

Result<QStringList> idsToGive(Connection& connection, const QList<Tag>& tags)
{
    QStringList ids;
    for (const Tag& tag : tags) {
        auto id = tagId(connection, tag);
        if (!id)
            return base::failed(std::move(id).error());
        ids.append(*std::move(id));
    }
    return ids;
}

Result<QStringList> idsToTake(Connection& connection, const QList<Tag>& tags)
{
    QStringList ids;
    for (const Tag& tag : tags) {
        auto id = knownTagId(connection, tag);
        if (!id)
            return base::failed(std::move(id).error());
        if (*id)
            ids.append(**id);
    }
    return ids;
}

tl::unexpected<base::Error> unknown(const QStringList& ids)
{
    const QString more = ids.size() > namedInErrors ? u" and %1 more"_s.arg(ids.size() - namedInErrors) : QString();
    return base::failed(base::ErrorCode::NotFound,
                        u"there is no such certificate: "_s + ids.mid(0, namedInErrors).join(u", "_s) + more);
}

/// Each once, with its names.
Result<QList<TaggedCertificate>> certificatesOf(Connection& connection, const QStringList& ids)
{
    QList<TaggedCertificate> found;
    QStringList missing;
    QStringList unique = ids;
    unique.removeDuplicates();
    for (const QString& id : std::as_const(unique)) {
        auto names = connection.first(
            u"SELECT names FROM certificate WHERE id = ?"_s, [](Row& row) { return row.texts(); }, id);
        if (!names)
            return base::failed(std::move(names).error());
        if (*names)
            found.append({id, **names});
        else
            missing.append(id);
    }
    if (!missing.isEmpty())
        return unknown(missing);
    return found;
}

} // namespace

const QString tagUseSelection = u"SELECT t.name, (SELECT COUNT(*) FROM certificate_tag ct WHERE ct.tag_id = t.id) "
                                "FROM tag t ORDER BY t.name_key"_s;

Result<void> insertTags(Connection& connection, const QString& certificateId, const QList<Tag>& tags)
{
    if (tags.isEmpty())
        return {};
    auto ids = idsToGive(connection, tags);
    if (!ids)
        return base::failed(std::move(ids).error());
    if (auto given = give(connection, certificateId, *ids); !given)
        return base::failed(std::move(given).error());
    return noteKeys(connection, certificateId);
}

Result<QList<Tag>> loadTags(Connection& connection, const QString& certificateId)
{
    return connection.list(
        u"SELECT t.name FROM certificate_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.certificate_id = ? "
        "ORDER BY t.name_key"_s,
        [](Row& row) { return Tag::parse(row.text()); }, certificateId);
}

Result<QList<TaggedCertificate>> changeTags(Connection& connection, const TagChange& change)
{
    auto certificates = certificatesOf(connection, change.certificateIds);
    if (!certificates)
        return certificates;
    const auto added = idsToGive(connection, change.add);
    if (!added)
        return base::failed(added.error());
    const auto removed = idsToTake(connection, change.remove);
    if (!removed)
        return base::failed(removed.error());
    QList<TaggedCertificate> changed;
    for (const TaggedCertificate& certificate : std::as_const(*certificates)) {
        const auto given = give(connection, certificate.id, *added);
        if (!given)
            return base::failed(given.error());
        const auto taken = take(connection, certificate.id, *removed);
        if (!taken)
            return base::failed(taken.error());
        if (*given + *taken == 0)
            continue;
        if (auto noted = noteKeys(connection, certificate.id); !noted)
            return base::failed(std::move(noted).error());
        changed.append(certificate);
    }
    return changed;
}

Result<QList<lifecycle::TagUse>> loadTagUses(Connection& connection)
{
    return connection.list(tagUseSelection, [](Row& row) { return lifecycle::TagUse {row.text(), row.integer()}; });
}

QString tagPattern(const QString& key)
{
    return likePattern(u'\n' + key + u'\n');
}

} // namespace storage
