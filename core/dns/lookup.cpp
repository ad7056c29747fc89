// SPDX-License-Identifier: Apache-2.0
#include "dns/lookup.h"

#include <algorithm>
#include <optional>

namespace dns {
namespace {

QList<Record> ofName(const QList<Record>& records, const QString& name, RecordType type)
{
    QList<Record> matching;
    std::copy_if(records.cbegin(), records.cend(), std::back_inserter(matching),
                 [&](const Record& record) { return record.type == type && record.name == name; });
    return matching;
}

void followAliases(const Message& message, RecordType type, Lookup& lookup)
{
    // a chain cannot be longer than the records of the reply; more would be a loop, which the caller bounds
    for (qsizetype step = 0; step < message.answers.size(); ++step) {
        const QList<Record> alias = ofName(message.answers, lookup.name, RecordType::Cname);
        if (type == RecordType::Cname || alias.isEmpty())
            return;
        lookup.aliases.append(lookup.name);
        lookup.name = QString::fromLatin1(alias.constFirst().value);
    }
}

QString zoneOf(const QList<Record>& authority)
{
    for (const Record& record : authority)
        if (record.type == RecordType::Soa)
            return record.name.isNull() ? QStringLiteral("") : record.name;
    return QString();
}

bool isReferral(const Message& message, const Lookup& lookup)
{
    return message.code == ResponseCode::NoError && lookup.zone.isNull() && !message.isAuthoritative
        && message.answers.isEmpty()
        && std::any_of(message.authority.cbegin(), message.authority.cend(),
                       [](const Record& record) { return record.type == RecordType::Ns; });
}

} // namespace

void readReply(const Message& message, RecordType type, Lookup& lookup)
{
    followAliases(message, type, lookup);
    lookup.records = ofName(message.answers, lookup.name, type);
    lookup.zone = zoneOf(message.authority);
    lookup.isAuthoritative = message.isAuthoritative;
    if (!lookup.records.isEmpty())
        lookup.status = Lookup::Status::Found;
    else if (message.code == ResponseCode::NameError)
        lookup.status = Lookup::Status::NoSuchName;
    else
        lookup.status = isReferral(message, lookup) ? Lookup::Status::Referral : Lookup::Status::NoData;
}

} // namespace dns
