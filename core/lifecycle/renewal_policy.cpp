// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/renewal_policy.h"

#include <algorithm>
#include <cmath>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

constexpr double usualPoint = 2.0 / 3.0;
constexpr double shortLivedPoint = 0.5;
constexpr double span = 0.04;
constexpr qint64 shortLivedMs = 10LL * 24 * 60 * 60 * 1000;
constexpr qint64 shortestRetryMs = 60LL * 1000;
constexpr qint64 longestRetryMs = 24LL * 60 * 60 * 1000;

} // namespace

RenewalDecision chooseRenewal(const QDateTime& notBefore, const QDateTime& notAfter, double chance)
{
    const qint64 lifetime = notBefore.msecsTo(notAfter);
    const bool shortLived = lifetime < shortLivedMs;
    const double point = (shortLived ? shortLivedPoint : usualPoint) + (chance - 0.5) * span;
    const QString reason =
        shortLived ? u"around half of a lifetime under ten days"_s : u"around two thirds of the lifetime"_s;
    return {notBefore.addMSecs(std::llround(static_cast<double>(lifetime) * point)), reason};
}

QDateTime retryOfRenewal(const QDateTime& notBefore, const QDateTime& notAfter, const QDateTime& now)
{
    const qint64 wait = notBefore.msecsTo(notAfter) / 50;
    return now.addMSecs(std::clamp(wait, shortestRetryMs, longestRetryMs));
}

} // namespace lifecycle
