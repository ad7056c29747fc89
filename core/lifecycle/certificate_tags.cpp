// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificates.h"
#include "lifecycle/journal.h"
#include "lifecycle/repositories.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr qsizetype namedInLog = 100;

Result<void> checkChange(const TagChange& change)
{
    if (change.certificateIds.isEmpty())
        return base::invalid(u"certificates"_s, u"no certificate was named"_s);
    if (change.add.isEmpty() && change.remove.isEmpty())
        return base::invalid(u"tags"_s, u"no tag was named"_s);
    const auto isRemoved = [&change](const Tag& tag) { return change.remove.contains(tag); };
    const auto both = std::find_if(change.add.begin(), change.add.end(), isRemoved);
    if (both != change.add.end())
        return base::invalid(u"tags"_s, u"“%1” cannot be added and removed at once"_s.arg(both->name()));
    return {};
}

QString objectName(const QList<TaggedCertificate>& changed)
{
    if (changed.size() == 1)
        return changed.first().names.join(u", "_s);
    return u"%1 certificates"_s.arg(changed.size());
}

/// The change in words, and for several certificates which they are.
QString detailOf(const TagChange& change, const QList<TaggedCertificate>& changed)
{
    QStringList parts;
    if (!change.add.isEmpty())
        parts.append(u"added "_s + tagNames(change.add).join(u", "_s));
    if (!change.remove.isEmpty())
        parts.append(u"removed "_s + tagNames(change.remove).join(u", "_s));
    if (changed.size() == 1)
        return parts.join(u"; "_s);
    QStringList names;
    for (const TaggedCertificate& certificate : changed.mid(0, namedInLog))
        names.append(certificate.names.value(0));
    const QString more = changed.size() > namedInLog ? u" and %1 more"_s.arg(changed.size() - namedInLog) : QString();
    return parts.join(u"; "_s) + u": "_s + names.join(u", "_s) + more;
}

} // namespace

Task<Result<QList<TagUse>>> Certificates::tags()
{
    return m_repositories.certificates.tagUses();
}

Task<Result<int>> Certificates::changeTags(TagChange change)
{
    if (auto acceptable = checkChange(change); !acceptable)
        co_return tl::unexpected(std::move(acceptable).error());
    auto changed = co_await m_repositories.certificates.changeTags(change);
    if (!changed)
        co_return tl::unexpected(std::move(changed).error());
    if (changed->isEmpty())
        co_return 0;
    const QString id = changed->size() == 1 ? changed->first().id : QString();
    co_await m_journal.done(u"certificate.tag"_s, id, objectName(*changed), Change::Certificates,
                            detailOf(change, *changed));
    co_return static_cast<int>(changed->size());
}

} // namespace lifecycle
