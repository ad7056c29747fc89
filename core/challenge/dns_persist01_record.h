// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QString>

#include <optional>

/// The TXT record of dns-persist-01 (draft-ietf-acme-dns-persist), which stays and proves every order of an account.
namespace challenge {

/// One value of such a record, an issue-value of RFC 8659 section 4.2.
struct DnsPersist01Record {
    QString issuer; ///< a domain name that identifies the authority
    QString accountUri; ///< never empty
    bool wildcard = false; ///< policy=wildcard: also for wildcards and for the names below
    std::optional<qint64> persistUntil; ///< seconds since 1970 in UTC, after which it proves nothing any more

    /// InvalidInput that says what is malformed: a tag twice, characters that no value has, no accounturi, a
    /// persistUntil that is no number. Unknown tags are passed over.
    static base::Result<DnsPersist01Record> parse(QByteArrayView value);
    QByteArray toValue() const;

    friend bool operator==(const DnsPersist01Record&, const DnsPersist01Record&) = default;
};

/// "_validation-persist.example.org", for example.org and for its wildcard.
QString dnsPersist01RecordName(const base::Identifier& identifier);
/// The same for the domain name itself.
QString dnsPersist01RecordName(const QString& domain);
/// The issuer's name alone, which tells whose record it is even where the rest is malformed.
QString dnsPersist01Issuer(QByteArrayView value);
/// The record as a line of a zone file, in character strings of at most 255 bytes (RFC 1035 section 3.3).
QString zoneFileLine(const QString& recordName, const QByteArray& value);

/// How far a record is from its end.
enum class PersistLife { Unlimited, Long, EndsSoon, Over };

/// EndsSoon from two thirds of the time between `since`, when the record was made, and its end: fractions suit records
/// of a week and of ten years.
PersistLife persistLife(const QDateTime& since, const std::optional<qint64>& persistUntil, const QDateTime& now);

} // namespace challenge
