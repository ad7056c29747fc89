// SPDX-License-Identifier: Apache-2.0
#include "ui/common/word_list.h"

#include <QRegularExpression>

namespace ui {

using namespace Qt::StringLiterals;

QStringList splitWords(const QString& text)
{
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    return text.split(separators, Qt::SkipEmptyParts);
}

} // namespace ui
