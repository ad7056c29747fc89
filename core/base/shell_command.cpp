// SPDX-License-Identifier: Apache-2.0
#include "base/shell_command.h"

#include <algorithm>

namespace base {
namespace {

using namespace Qt::StringLiterals;

bool isPlain(QChar character)
{
    const char16_t c = character.unicode();
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
        || u"-_./:,@%+"_s.contains(character);
}

bool isInvisible(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

} // namespace

QString shellWord(const QString& word)
{
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain))
        return word;
    QString quoted = word;
    std::replace_if(quoted.begin(), quoted.end(), isInvisible, QChar(QChar::ReplacementCharacter));
    return u'\'' + quoted.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString shellCommand(const QStringList& words)
{
    QStringList quoted;
    for (const QString& word : words)
        quoted.append(shellWord(word));
    return quoted.join(u' ');
}

} // namespace base
