// SPDX-License-Identifier: Apache-2.0
#include "storage/row.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlQuery>
#include <QVariant>

namespace storage {

QString Row::text()
{
    return m_query.value(m_column++).toString();
}

QByteArray Row::bytes()
{
    return m_query.value(m_column++).toByteArray();
}

qint64 Row::number()
{
    return m_query.value(m_column++).toLongLong();
}

int Row::integer()
{
    return m_query.value(m_column++).toInt();
}

bool Row::flag()
{
    return integer() != 0;
}

QDateTime Row::time()
{
    const QVariant column = m_query.value(m_column++);
    return column.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(column.toLongLong(), Qt::UTC);
}

QUrl Row::url()
{
    return QUrl(text(), QUrl::StrictMode);
}

QStringList Row::texts()
{
    QStringList result;
    const QJsonArray array = QJsonDocument::fromJson(text().toUtf8()).array();
    for (const QJsonValue& element : array)
        result.append(element.toString());
    return result;
}

QJsonObject Row::json()
{
    const QString column = text();
    return column.isEmpty() ? QJsonObject() : QJsonDocument::fromJson(column.toUtf8()).object();
}

std::optional<base::Error> Row::error()
{
    const QJsonObject object = json();
    if (object.isEmpty())
        return std::nullopt;
    return base::Error::fromJson(object);
}

} // namespace storage
