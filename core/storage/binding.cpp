// SPDX-License-Identifier: Apache-2.0
#include "storage/binding.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace storage {
namespace {

using namespace Qt::StringLiterals;

} // namespace

QVariant value(const QString& text)
{
    return text.isNull() ? u""_s : text;
}

QVariant value(const QByteArray& bytes)
{
    return bytes.isNull() ? ""_ba : bytes;
}

QVariant value(bool flag)
{
    return flag ? 1 : 0;
}

QVariant value(int number)
{
    return number;
}

QVariant value(qint64 number)
{
    return number;
}

QVariant value(const QDateTime& time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QVariant value(const QUrl& url)
{
    return url.isEmpty() ? QVariant() : QVariant(url.toString(QUrl::FullyEncoded));
}

QVariant value(const QStringList& texts)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact));
}

QVariant value(const QJsonObject& object)
{
    if (object.isEmpty())
        return {};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QVariant value(const std::optional<base::Error>& error)
{
    return error ? value(error->toJson()) : QVariant();
}

QVariant orNull(const QString& text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

QVariant orNull(const QByteArray& bytes)
{
    return bytes.isEmpty() ? QVariant() : QVariant(bytes);
}

} // namespace storage
