// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "challenge/dns_persist01_terms.h"

#include <QDateTime>
#include <QList>

#include <optional>

namespace challenge {

/// How far the records of a name are from proving it, the best first.
enum class PersistVerdict {
    Fits,
    OtherKey, ///< hashed, for another account or for a key that this one had before: only the authority knows
    Over, ///< persistUntil is past
    NoWildcard, ///< without policy=wildcard, which a wildcard and names below need
    OtherAccount,
    Malformed,
    OtherIssuer, ///< records of other authorities only
    Missing,
};

/// "fits", "other-key", …
QString persistVerdictName(PersistVerdict verdict);
/// The verdict named by persistVerdictName(); nothing for unknown text.
std::optional<PersistVerdict> persistVerdictFromName(QStringView name);

/// What was found at one record name.
struct DnsPersist01Finding {
    PersistVerdict verdict = PersistVerdict::Missing;
    QString recordName;
    QByteArray value; ///< of the record that comes nearest; empty where there is none
    std::optional<qint64> persistUntil; ///< of that record
    QString detail; ///< in words, what is missing or wrong; empty where it fits

    /// Whether the authority may accept it.
    bool isUsable() const { return verdict <= PersistVerdict::OtherKey; }
};

/// What a record has to say.
struct DnsPersist01Demand {
    DnsPersist01Terms terms;
    ProvingAccount account;
    QString domain; ///< where the record is: the name itself or one above it
    bool needsWildcard = false; ///< for a wildcard, and for a record above the name
    QDateTime now;
};

/// Judges the TXT values at a name: any one that fits is enough, records of other authorities do not matter.
DnsPersist01Finding judgeDnsPersist01(const QList<QByteArray>& values, const DnsPersist01Demand& demand);

} // namespace challenge
