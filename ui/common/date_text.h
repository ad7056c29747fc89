// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

class QLabel;

namespace ui {

/// The moment in the machine's own time zone, as its locale writes it; a dash for none.
QString localTime(const QDateTime& moment);
/// For tooltips: the same moment in UTC, and the difference to `now`.
QString utcTime(const QDateTime& moment);
/// "in 12 days", "3 minutes ago".
QString relativeTime(const QDateTime& moment, const QDateTime& now = QDateTime::currentDateTimeUtc());
/// "12 days", "45 seconds": the largest unit that fits.
QString durationText(qint64 seconds);
/// Shows `moment` in local time, with UTC on hover.
void showTime(QLabel* label, const QDateTime& moment);

} // namespace ui
