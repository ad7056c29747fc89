// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/dns_persist01_finding.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace lifecycle {

/// A TXT record that proves every order of an account (dns-persist-01), as it was made here; kept where it is watched.
struct PersistRecord {
    QString id; ///< stable and random; empty where it is not kept
    QString accountId;
    QString name; ///< the domain name that it proves, without the `*.` of a wildcard
    QByteArray value; ///< what the TXT record has to say
    QDateTime createdAt;
    QDateTime checkedAt; ///< when DNS was asked last; null: never
    std::optional<challenge::PersistVerdict> verdict; ///< what was found then; nothing where DNS did not answer
    QString detail; ///< what was wrong then, in words

    /// "_validation-persist.example.org"
    QString recordName() const;
    /// Whether it is the same account's for the same name, whatever it says.
    bool isInPlaceOf(const PersistRecord& other) const { return accountId == other.accountId && name == other.name; }
    /// As a line of a zone file.
    QString zoneFileLine() const;
    bool isWildcard() const;
    /// Null where it has no end.
    QDateTime persistUntil() const;
    /// Whether it ends soon or has ended, see challenge::persistLife().
    bool isEnding(const QDateTime& now) const;
    /// Whether somebody has to do something about it: it was looked for and does not prove the name, or it is ending.
    bool needsAttention(const QDateTime& now) const;

    friend bool operator==(const PersistRecord&, const PersistRecord&) = default;
};

/// When records end that an operator writes an end for: a day such as "2027-12-31" is over at its end in UTC; a moment,
/// as ISO 8601 writes it, is one in UTC unless it says otherwise. Null where it is neither.
QDateTime persistEnd(const QString& text);

/// What an operator enters to make such records. Errors name "names", "until", "issuer" or "account".
struct PersistWish {
    QString authorityId; ///< counts where there is no account
    QString accountId; ///< empty: the authority's only one
    QStringList names; ///< a wildcard makes its record one with policy=wildcard
    bool wildcard = false; ///< policy=wildcard for all of them
    QDateTime until; ///< null: no end
    bool reusable = false; ///< draft 02: one value that may stand at every name
    QString issuer; ///< empty: the first that the authority names
};

} // namespace lifecycle
