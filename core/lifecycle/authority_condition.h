// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace lifecycle {

/// How an authority was last found from here: whether it answers, how its clock goes, and whether its TLS still leads
/// to the roots that are trusted for it.
struct AuthorityCondition {
    QString authorityId;
    QDateTime checkedAt; ///< when it was last looked at, UTC; null: never
    int latencyMs = -1; ///< from asking for the directory to its last byte, over a new connection; -1 without an answer
    std::optional<qint64> clockOffsetMs; ///< the authority's clock (Date, RFC 9110 section 6.6.1) minus ours
    std::optional<base::Error> error; ///< why the last look brought no directory
    QDateTime rateLimitedUntil; ///< the authority asked not to be asked before; null: it did not
    /// Since when nothing is sent to it, because its TLS does not lead to a trusted root; null: work goes on.
    QDateTime stoppedAt;
    QString stopReason; ///< what the TLS verification said
    QByteArray servedPem; ///< what the server showed then, leaf first; empty where it could not be looked at

    bool isStopped() const { return stoppedAt.isValid(); }
    bool isReachable() const { return checkedAt.isValid() && !error; }
};

/// An offset worth telling: signatures of the CA, its orders' expiry and our renewal moments drift apart by it.
inline constexpr qint64 ClockSkewWorthTellingMs = 60'000;

} // namespace lifecycle
