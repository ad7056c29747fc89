// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace lifecycle {

/// When to renew, decided once and explained.
struct RenewalDecision {
    QDateTime at; ///< UTC
    QString reason; ///< in words, for the log
};

/// How long a certificate lives. All in UTC.
struct Lifetime {
    QDateTime notBefore;
    QDateTime notAfter;

    qint64 milliseconds() const { return notBefore.msecsTo(notAfter); }
};

/// When the authority wants a certificate renewed (RFC 9773 section 4.2). In UTC; it ends after it begins.
struct RenewalWindow {
    QDateTime start;
    QDateTime end;

    bool operator==(const RenewalWindow&) const = default;
};

/// Chooses a moment around two thirds of the lifetime, or around half of it for lifetimes under ten days.
///
/// `chance` from 0 to 1 places it within a span of 4 % of the lifetime around that point, so that certificates issued
/// together are not renewed together.
RenewalDecision chooseRenewal(const QDateTime& notBefore, const QDateTime& notAfter, double chance);

/// Chooses a moment in the authority's window: uniformly, by `chance` from 0 to 1. One in the past means: at once.
///
/// A null moment where the window is not to be followed, with the reason: it is longer than the lifetime, or it begins
/// when less than a twentieth of the lifetime is left. What such a window leaves of its ends is cut off.
RenewalDecision chooseInWindow(const Lifetime& lifetime, const RenewalWindow& window, const QDateTime& now,
                               double chance);

/// The next try after a renewal failed at `now`: a fiftieth of the lifetime later, so that hourly certificates are
/// tried again in a minute and yearly ones within days.
QDateTime retryOfRenewal(const QDateTime& notBefore, const QDateTime& notAfter, const QDateTime& now);

/// When to ask for renewal information again (RFC 9773 section 4.3.2): when the authority said, but in a minute at the
/// earliest and in a day at the latest. After six hours, or a tenth of a shorter lifetime, where it did not say.
QDateTime nextInquiry(const std::optional<QDateTime>& retryAfter, const Lifetime& lifetime, const QDateTime& now);

} // namespace lifecycle
