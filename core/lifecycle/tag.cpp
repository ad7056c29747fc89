// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/tag.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

constexpr qsizetype longest = 64;

QString faultOf(const QString& trimmed)
{
    const auto isControl = [](QChar character) { return character.category() == QChar::Other_Control; };
    if (trimmed.isEmpty())
        return u"a tag is not empty"_s;
    if (std::any_of(trimmed.begin(), trimmed.end(), isControl))
        return u"a tag has no line breaks or other control characters"_s;
    if (trimmed.contains(u',') || trimmed.contains(u'"'))
        return u"“%1”: a tag has no comma and no double quote"_s.arg(trimmed);
    if (trimmed.toUcs4().size() > longest)
        return u"“%1…” is longer than %2 characters"_s.arg(trimmed.left(longest / 2)).arg(longest);
    return QString();
}

} // namespace

Result<Tag> Tag::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (const QString fault = faultOf(trimmed); !fault.isEmpty())
        return base::invalid(u"tags"_s, fault);
    return Tag(trimmed.simplified().normalized(QString::NormalizationForm_C));
}

QString Tag::keyOf(const QString& text)
{
    return text.simplified().normalized(QString::NormalizationForm_KC).toCaseFolded();
}

Result<QList<Tag>> parseTags(const QStringList& texts)
{
    QList<Tag> tags;
    for (const QString& text : texts) {
        auto tag = Tag::parse(text);
        if (!tag)
            return tl::unexpected(std::move(tag).error());
        if (!tags.contains(*tag))
            tags.append(*std::move(tag));
    }
    return tags;
}

QStringList tagNames(const QList<Tag>& tags)
{
    QStringList names;
    for (const Tag& tag : tags)
        names.append(tag.name());
    return names;
}

QStringList tagNames(const QList<TagUse>& uses)
{
    QStringList names;
    for (const TagUse& use : uses)
        names.append(use.name);
    return names;
}

} // namespace lifecycle
