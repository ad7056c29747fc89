// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/proving_account.h"

#include <QString>
#include <QStringList>

/// What an authority wants to see in the records of dns-persist-01 (draft-ietf-acme-dns-persist).
///
/// Two dialects are in use that do not understand each other: drafts 00 and 01 write the account's URL into the record,
/// draft 02 a hash of it. Which one an authority speaks is told by its directory.
namespace challenge {

/// What the directory says about it.
struct DnsPersist01Directory {
    QString accountHashPrefix; ///< draft 02; empty: the authority speaks the older dialect
    QStringList issuerDomainNames; ///< draft 02
    QStringList caaIdentities; ///< RFC 8555 section 9.7.6

    friend bool operator==(const DnsPersist01Directory&, const DnsPersist01Directory&) = default;
};

/// What a challenge says about it.
struct DnsPersist01Offer {
    QStringList issuerDomainNames;
    QString accountUri; ///< draft 01; else empty
};

/// Which records an authority accepts.
struct DnsPersist01Terms {
    QStringList issuerNames; ///< any of them may stand in a record; empty: not known yet
    QString accountHashPrefix; ///< draft 02: in front of the hash; empty: records name the account's URL itself

    bool isHashed() const { return !accountHashPrefix.isEmpty(); }

    /// As far as the directory tells before there is a challenge. Protocol where its names are none.
    static base::Result<DnsPersist01Terms> before(const DnsPersist01Directory& directory);
    /// Protocol where the challenge is malformed: no issuer, more than ten, one that is no name in the form of draft 00
    /// section 3.1, another account's URI, or (draft 02) names that do not agree with the directory's.
    static base::Result<DnsPersist01Terms> of(const DnsPersist01Directory& directory, const DnsPersist01Offer& offer,
                                              const QString& accountUrl);

    friend bool operator==(const DnsPersist01Terms&, const DnsPersist01Terms&) = default;
};

/// In place of a name in a hash: the value may be used for many names (draft 02).
inline constexpr auto AnyDomain = "*";

/// `accounturi` of a record at `domain`, or at any where it is AnyDomain: the hashed URI of draft 02, or the account's
/// URL where `terms` are older. `domain` is a lower-case A-label name of at most 253 characters.
QString persistentAccountUri(const DnsPersist01Terms& terms, const ProvingAccount& account, const QString& domain);

} // namespace challenge
