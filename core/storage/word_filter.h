// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QVariantList>

namespace storage {

/// A LIKE pattern (ESCAPE '\') for what contains `text`.
QString likePattern(QString text);

/// The SQL for "every word of the text occurs in the column", whose content is in lower case.
class WordFilter {
public:
    WordFilter(const QString& column, const QString& text);

    bool isEmpty() const { return m_values.isEmpty(); }
    /// A condition with a "?" for each of values(); always true for an empty text.
    const QString& condition() const { return m_condition; }
    const QVariantList& values() const { return m_values; }

private:
    QString m_condition;
    QVariantList m_values;
};

} // namespace storage
