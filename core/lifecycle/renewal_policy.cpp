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
constexpr qint64 shortestInquiryMs = 60LL * 1000;
constexpr qint64 usualInquiryMs = 6LL * 60 * 60 * 1000;
constexpr qint64 longestInquiryMs = 24LL * 60 * 60 * 1000;
constexpr qint64 lastPart = 20; // the last twentieth of a lifetime is no time to wait in

QString inWords(const RenewalWindow& window)
{
    const QString format = u"yyyy-MM-dd HH:mm"_s;
    return u"%1 to %2 UTC"_s.arg(window.start.toUTC().toString(format), window.end.toUTC().toString(format));
}

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

RenewalDecision chooseInWindow(const Lifetime& lifetime, const RenewalWindow& window, const QDateTime& now,
                               double chance)
{
    if (window.end <= now)
        return {now, u"the authority asked for it: its window is over (%1)"_s.arg(inWords(window))};
    const qint64 length = lifetime.milliseconds();
    if (window.start.msecsTo(window.end) > length)
        return {QDateTime(), u"the authority's window is longer than the lifetime (%1)"_s.arg(inWords(window))};
    const QDateTime limit = lifetime.notAfter.addMSecs(-length / lastPart);
    if (window.start >= limit)
        return {QDateTime(),
                u"the authority's window begins when less than a twentieth of the lifetime is left (%1)"_s.arg(
                    inWords(window))};
    const QDateTime start = std::max(window.start, lifetime.notBefore);
    const QDateTime end = std::min(window.end, limit);
    const auto into = static_cast<double>(start.msecsTo(end)) * chance;
    return {start.addMSecs(std::llround(into)),
            u"in the window that the authority suggests (%1)"_s.arg(inWords(window))};
}

QDateTime retryOfRenewal(const QDateTime& notBefore, const QDateTime& notAfter, const QDateTime& now)
{
    const qint64 wait = notBefore.msecsTo(notAfter) / 50;
    return now.addMSecs(std::clamp(wait, shortestRetryMs, longestRetryMs));
}

QDateTime nextInquiry(const std::optional<QDateTime>& retryAfter, const Lifetime& lifetime, const QDateTime& now)
{
    const qint64 usual = std::min(usualInquiryMs, lifetime.milliseconds() / 10);
    const qint64 wait = retryAfter ? now.msecsTo(*retryAfter) : usual;
    return now.addMSecs(std::clamp(wait, shortestInquiryMs, longestInquiryMs));
}

} // namespace lifecycle
