// SPDX-License-Identifier: Apache-2.0
#include "storage/word_filter.h"

#include <QStringList>

namespace storage {

using namespace Qt::StringLiterals;

QString likePattern(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + text + u'%';
}

WordFilter::WordFilter(const QString& column, const QString& text)
{
    QStringList conditions;
    for (const QString& word : text.toLower().simplified().split(u' ', Qt::SkipEmptyParts)) {
        conditions.append(column + u" LIKE ? ESCAPE '\\'"_s);
        m_values.append(likePattern(word));
    }
    m_condition = conditions.isEmpty() ? u"1 = 1"_s : conditions.join(u" AND "_s);
}

} // namespace storage
