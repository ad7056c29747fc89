// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/persist_record.h"

#include "challenge/dns_persist01_record.h"

namespace lifecycle {

using namespace Qt::StringLiterals;

namespace {

std::optional<qint64> endOf(const QByteArray& value)
{
    const auto record = challenge::DnsPersist01Record::parse(value);
    return record ? record->persistUntil : std::nullopt;
}

} // namespace

QString PersistRecord::recordName() const
{
    return challenge::dnsPersist01RecordName(name);
}

QString PersistRecord::zoneFileLine() const
{
    return challenge::zoneFileLine(recordName(), value);
}

QDateTime persistEnd(const QString& text)
{
    const QString end = text.trimmed();
    if (const QDate day = QDate::fromString(end, Qt::ISODate); day.isValid() && !end.contains(u'T'))
        return QDateTime(day, QTime(23, 59, 59), Qt::UTC);
    QDateTime moment = QDateTime::fromString(end, Qt::ISODate);
    if (moment.timeSpec() == Qt::LocalTime)
        moment.setTimeSpec(Qt::UTC);
    return moment.toUTC();
}

bool PersistRecord::isWildcard() const
{
    const auto record = challenge::DnsPersist01Record::parse(value);
    return record && record->wildcard;
}

QDateTime PersistRecord::persistUntil() const
{
    const auto end = endOf(value);
    return end ? QDateTime::fromSecsSinceEpoch(*end, Qt::UTC) : QDateTime();
}

bool PersistRecord::isEnding(const QDateTime& now) const
{
    const challenge::PersistLife life = challenge::persistLife(createdAt, endOf(value), now);
    return life == challenge::PersistLife::EndsSoon || life == challenge::PersistLife::Over;
}

bool PersistRecord::needsAttention(const QDateTime& now) const
{
    return isEnding(now) || (verdict && *verdict != challenge::PersistVerdict::Fits);
}

} // namespace lifecycle
