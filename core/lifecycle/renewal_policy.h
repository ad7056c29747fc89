// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace lifecycle {

/// When to renew, decided once and explained.
struct RenewalDecision {
    QDateTime at; ///< UTC
    QString reason; ///< in words, for the log
};

/// Chooses a moment around two thirds of the lifetime, or around half of it for lifetimes under ten days.
///
/// `chance` from 0 to 1 places it within a span of 4 % of the lifetime around that point, so that certificates issued
/// together are not renewed together.
RenewalDecision chooseRenewal(const QDateTime& notBefore, const QDateTime& notAfter, double chance);

/// The next try after a renewal failed at `now`: a fiftieth of the lifetime later, so that hourly certificates are
/// tried again in a minute and yearly ones within days.
QDateTime retryOfRenewal(const QDateTime& notBefore, const QDateTime& notAfter, const QDateTime& now);

} // namespace lifecycle
