// SPDX-License-Identifier: Apache-2.0
#include "http/retry_after.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace http {
namespace {

using namespace Qt::StringLiterals;

constexpr int tooManyRequests = 429;
constexpr int serviceUnavailable = 503;
constexpr qint64 longestWait = 366LL * 24 * 3600; // seconds; keeps absurd values inside what QDateTime can carry

std::optional<QDateTime> utc(const QString& text, const QString& format)
{
    QDateTime moment = QLocale::c().toDateTime(text, format);
    if (!moment.isValid())
        return std::nullopt;
    moment.setTimeSpec(Qt::UTC);
    return moment;
}

// RFC 9110: a year of two digits more than 50 years ahead means the century before.
std::optional<QDateTime> rfc850(const QString& text, const QDateTime& now)
{
    static const QRegularExpression form(
        u"^[A-Z][a-z]+day, (\\d\\d-[A-Z][a-z]{2}-)(\\d\\d)( \\d\\d:\\d\\d:\\d\\d) GMT$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const int century = now.date().year() / 100 * 100;
    int year = century + match.captured(2).toInt();
    if (year > now.date().year() + 50)
        year -= 100;
    return utc(match.captured(1) + QString::number(year) + match.captured(3), u"dd-MMM-yyyy HH:mm:ss"_s);
}

} // namespace

std::optional<QDateTime> parseHttpDate(const QByteArray& value, const QDateTime& now)
{
    const QString text = QString::fromLatin1(value).simplified();
    if (auto moment = utc(text, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s))
        return moment;
    if (auto moment = rfc850(text, now))
        return moment;
    return utc(text, u"ddd MMM d HH:mm:ss yyyy"_s);
}

std::optional<QDateTime> parseRetryAfter(const QByteArray& value, const QDateTime& now)
{
    const QByteArray trimmed = value.trimmed();
    const bool isNumber =
        !trimmed.isEmpty() && std::all_of(trimmed.begin(), trimmed.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return parseHttpDate(trimmed, now);
    bool fits = false;
    const qint64 seconds = trimmed.toLongLong(&fits);
    return now.toUTC().addSecs(fits ? std::min(seconds, longestWait) : longestWait);
}

std::optional<QDateTime> leftAloneUntil(const HttpResponse& response, const QDateTime& now)
{
    if (response.status != tooManyRequests && response.status != serviceUnavailable)
        return std::nullopt;
    return parseRetryAfter(response.header("Retry-After"), now);
}

} // namespace http
