// SPDX-License-Identifier: Apache-2.0
#include "ui/common/date_text.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>

#include <cstdlib>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct DateTextWords {
    Q_DECLARE_TR_FUNCTIONS(ui::DateText)
};

constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 year = 365 * day;

} // namespace

QString localTime(const QDateTime& moment)
{
    if (!moment.isValid())
        return u"–"_s;
    return QLocale().toString(moment.toLocalTime(), u"yyyy-MM-dd HH:mm"_s);
}

QString utcTime(const QDateTime& moment)
{
    if (!moment.isValid())
        return QString();
    return DateTextWords::tr("%1 UTC (%2)")
        .arg(moment.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s), relativeTime(moment));
}

QString durationText(qint64 seconds)
{
    if (seconds < 2 * minute)
        return DateTextWords::tr("%n second(s)", nullptr, static_cast<int>(seconds));
    if (seconds < 2 * hour)
        return DateTextWords::tr("%n minute(s)", nullptr, static_cast<int>(seconds / minute));
    if (seconds < 2 * day)
        return DateTextWords::tr("%n hour(s)", nullptr, static_cast<int>(seconds / hour));
    if (seconds >= 2 * year)
        return DateTextWords::tr("%n year(s)", nullptr, static_cast<int>(seconds / year));
    return DateTextWords::tr("%n day(s)", nullptr, static_cast<int>(seconds / day));
}

QString relativeTime(const QDateTime& moment, const QDateTime& now)
{
    const qint64 seconds = now.secsTo(moment);
    if (std::abs(seconds) < 2)
        return DateTextWords::tr("just now");
    return seconds >= 0 ? DateTextWords::tr("in %1").arg(durationText(seconds))
                        : DateTextWords::tr("%1 ago").arg(durationText(-seconds));
}

void showTime(QLabel* label, const QDateTime& moment)
{
    label->setText(localTime(moment));
    label->setToolTip(utcTime(moment));
}

} // namespace ui
