// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_persist01_record.h"

#include "dns/record.h"

#include <QList>
#include <QSet>

#include <algorithm>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

constexpr int lineTtl = 300; // seconds

auto malformed(const QString& why)
{
    return base::invalid(u"record"_s, why);
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

QList<QByteArray> parts(QByteArrayView value)
{
    return value.toByteArray().split(';');
}

QString shown(const QByteArray& text)
{
    return QString::fromLatin1(text.left(100));
}

bool isTag(QByteArrayView tag)
{
    return !tag.isEmpty() && std::all_of(tag.begin(), tag.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// RFC 8659 section 4.2: what may stand in a value.
bool isValue(QByteArrayView value)
{
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x21 && c <= 0x7e && c != ';'; });
}

Result<void> setPersistUntil(DnsPersist01Record& record, const QByteArray& value)
{
    const bool isNumber =
        !value.isEmpty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 seconds = value.toLongLong(&fits);
    if (!isNumber || !fits)
        return malformed(u"persistUntil is no number of seconds: \"%1\""_s.arg(shown(value)));
    record.persistUntil = seconds;
    return {};
}

Result<void> setParameter(DnsPersist01Record& record, const QByteArray& tag, const QByteArray& value)
{
    if (tag == "accounturi")
        record.accountUri = QString::fromLatin1(value);
    else if (tag == "policy")
        record.wildcard = value.toLower() == "wildcard"; // any other policy counts as none
    else if (tag == "persistuntil")
        return setPersistUntil(record, value);
    return {};
}

/// Reads one "tag=value" and answers the tag.
Result<QByteArray> readParameter(DnsPersist01Record& record, const QByteArray& text)
{
    const QByteArray parameter = trimmed(text).toByteArray();
    const qsizetype equals = parameter.indexOf('=');
    if (equals < 0)
        return malformed(u"\"%1\" is no tag=value"_s.arg(shown(parameter)));
    const QByteArray tag = trimmed(QByteArrayView(parameter).first(equals)).toByteArray().toLower();
    const QByteArray value = trimmed(QByteArrayView(parameter).sliced(equals + 1)).toByteArray();
    if (!isTag(tag) || !isValue(value))
        return malformed(u"\"%1\" has characters that do not belong there"_s.arg(shown(parameter)));
    if (auto set = setParameter(record, tag, value); !set)
        return base::failed(std::move(set).error());
    return tag;
}

} // namespace

Result<DnsPersist01Record> DnsPersist01Record::parse(QByteArrayView value)
{
    DnsPersist01Record record;
    record.issuer = dnsPersist01Issuer(value);
    if (record.issuer.isEmpty())
        return malformed(u"it names no issuer"_s);
    QSet<QByteArray> seen;
    for (const QByteArray& text : parts(value).sliced(1)) {
        const auto tag = readParameter(record, text);
        if (!tag)
            return base::failed(tag.error());
        if (seen.contains(*tag))
            return malformed(u"it says %1 twice"_s.arg(shown(*tag)));
        seen.insert(*tag);
    }
    if (record.accountUri.isEmpty())
        return malformed(u"it names no account (accounturi)"_s);
    return record;
}

QByteArray DnsPersist01Record::toValue() const
{
    QByteArray value = issuer.toLatin1() + "; accounturi=" + accountUri.toLatin1();
    if (wildcard)
        value += "; policy=wildcard";
    if (persistUntil)
        value += "; persistUntil=" + QByteArray::number(*persistUntil);
    return value;
}

QString dnsPersist01RecordName(const base::Identifier& identifier)
{
    return dnsPersist01RecordName(identifier.baseName());
}

QString dnsPersist01RecordName(const QString& domain)
{
    return u"_validation-persist."_s + domain;
}

QString dnsPersist01Issuer(QByteArrayView value)
{
    const QByteArray first = parts(value).constFirst();
    return QString::fromLatin1(trimmed(first));
}

QString zoneFileLine(const QString& recordName, const QByteArray& value)
{
    return u"%1. %2 IN TXT %3"_s.arg(recordName).arg(lineTtl).arg(dns::txtStrings(value));
}

PersistLife persistLife(const QDateTime& since, const std::optional<qint64>& persistUntil, const QDateTime& now)
{
    if (!persistUntil)
        return PersistLife::Unlimited;
    const qint64 left = *persistUntil - now.toSecsSinceEpoch();
    if (left < 0)
        return PersistLife::Over;
    constexpr qint64 thirds = 3;
    const qint64 whole = *persistUntil - since.toSecsSinceEpoch();
    return left <= whole / thirds ? PersistLife::EndsSoon : PersistLife::Long;
}

} // namespace challenge
