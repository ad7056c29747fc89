// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace lifecycle {

/// A word or a few by which operators group managed certificates: "web", "team payments".
///
/// Valid from birth: 1 to 64 characters, no blanks at the ends and single ones inside. It has no control characters,
/// no comma, which stands between tags where several are written, and no double quote, which encloses a tag with blanks
/// in the filter of a list. Tags that differ only in letter case, or in what Unicode holds to be compatible (NFKC), are
/// the same tag; it is shown as it was first written.
class Tag {
public:
    /// InvalidInput about "tags" says what is wrong with the text.
    static base::Result<Tag> parse(const QString& text);
    /// What tags are compared by, of any text: also of one that is no tag.
    static QString keyOf(const QString& text);

    const QString& name() const { return m_name; }
    QString key() const { return keyOf(m_name); }

    friend bool operator==(const Tag& left, const Tag& right) { return left.key() == right.key(); }

private:
    explicit Tag(QString name)
        : m_name(std::move(name))
    {
    }

    QString m_name;
};

/// Parses every text and drops repetitions; the error names the first bad one.
base::Result<QList<Tag>> parseTags(const QStringList& texts);
/// The names, in order.
QStringList tagNames(const QList<Tag>& tags);

/// A tag and how many managed certificates have it. One that no certificate has is no tag any more.
struct TagUse {
    QString name;
    int certificates = 0;
};

QStringList tagNames(const QList<TagUse>& uses);

/// Which tags certificates get and lose.
struct TagChange {
    QStringList certificateIds;
    QList<Tag> add;
    QList<Tag> remove;
};

/// A certificate whose tags were changed.
struct TaggedCertificate {
    QString id;
    QStringList names;
};

} // namespace lifecycle
