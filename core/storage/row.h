// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QStringList>
#include <QUrl>

#include <optional>

class QSqlQuery;

namespace storage {

/// One row of an answer, read from left to right: every call takes the next column. NULL reads as the empty value.
class Row {
public:
    explicit Row(const QSqlQuery& query)
        : m_query(query)
    {
    }

    QString text();
    QByteArray bytes();
    qint64 number();
    int integer();
    bool flag();
    QDateTime time(); ///< UTC; null for NULL
    QUrl url();
    QStringList texts();
    QJsonObject json();
    std::optional<base::Error> error();

private:
    const QSqlQuery& m_query;
    int m_column = 0;
};

} // namespace storage
