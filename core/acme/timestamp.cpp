// SPDX-License-Identifier: Apache-2.0
#include "acme/timestamp.h"

#include <QRegularExpression>

namespace acme {

std::optional<QDateTime> timestamp(const QJsonValue& value)
{
    static const QRegularExpression beyondMilliseconds(QStringLiteral("(\\.\\d{3})\\d+"));
    QString text = value.toString().trimmed();
    text.replace(beyondMilliseconds, QStringLiteral("\\1"));
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!moment.isValid())
        return std::nullopt;
    return moment.toUTC();
}

QString timestampText(const QDateTime& moment)
{
    return moment.toUTC().toString(Qt::ISODate);
}

} // namespace acme
