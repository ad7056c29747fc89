// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QStringList>
#include <QUrl>
#include <QVariant>

#include <optional>

/// How values become column values. Row reads them back.
///
/// An empty text is an empty text and never NULL; a null time is NULL, others are milliseconds since 1970 in UTC.
namespace storage {

QVariant value(const QString& text);
QVariant value(const QByteArray& bytes);
QVariant value(bool flag);
QVariant value(int number);
QVariant value(qint64 number);
QVariant value(const QDateTime& time);
/// Fully encoded; NULL when empty.
QVariant value(const QUrl& url);
/// A JSON array.
QVariant value(const QStringList& texts);
/// Compact JSON; NULL when empty.
QVariant value(const QJsonObject& object);
/// Its JSON; NULL when there is none.
QVariant value(const std::optional<base::Error>& error);
inline QVariant value(const QVariant& ready)
{
    return ready;
}
/// For references to other rows: NULL when empty.
QVariant orNull(const QString& text);
QVariant orNull(const QByteArray& bytes);

} // namespace storage
