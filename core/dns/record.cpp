// SPDX-License-Identifier: Apache-2.0
#include "dns/record.h"

#include <QStringList>

namespace dns {

using namespace Qt::StringLiterals;

QString txtStrings(const QByteArray& value)
{
    constexpr qsizetype longestString = 255;
    QStringList strings;
    for (qsizetype at = 0; at == 0 || at < value.size(); at += longestString) {
        QByteArray part = value.mid(at, longestString);
        part.replace('\\', "\\\\").replace('"', "\\\"");
        strings.append(u'"' + QString::fromLatin1(part) + u'"');
    }
    return strings.join(u' ');
}

QString recordTypeName(RecordType type)
{
    switch (type) {
    case RecordType::A:
        return u"A"_s;
    case RecordType::Ns:
        return u"NS"_s;
    case RecordType::Cname:
        return u"CNAME"_s;
    case RecordType::Soa:
        return u"SOA"_s;
    case RecordType::Txt:
        return u"TXT"_s;
    case RecordType::Aaaa:
        return u"AAAA"_s;
    case RecordType::Caa:
        return u"CAA"_s;
    }
    return u"TYPE%1"_s.arg(static_cast<int>(type));
}

QString normalName(const QString& name)
{
    return name.endsWith(u'.') ? name.chopped(1).toLower() : name.toLower();
}

QString parentName(const QString& name)
{
    const qsizetype dot = name.indexOf(u'.');
    return dot < 0 ? QString() : name.sliced(dot + 1);
}

bool isWithin(const QString& name, const QString& zone)
{
    return zone.isEmpty() || name == zone || name.endsWith(u'.' + zone);
}

} // namespace dns
