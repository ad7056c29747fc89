// SPDX-License-Identifier: Apache-2.0
#include "storage/connection.h"

#include <QSqlDatabase>
#include <QSqlError>

#include <utility>

namespace storage {
namespace {

using namespace Qt::StringLiterals;

// Filters make new statement texts; this bounds what they leave behind.
constexpr std::size_t keptStatements = 200;
const auto sqliteBusy = "5"_L1;

tl::unexpected<base::Error> failure(const QSqlError& error)
{
    if (error.nativeErrorCode() == sqliteBusy)
        return base::failed(base::ErrorCode::Busy, u"another process keeps the database locked"_s);
    return base::failed(base::ErrorCode::Storage, error.databaseText().simplified());
}

} // namespace

Connection::Connection(QString name)
    : m_name(std::move(name))
{
}

base::Result<void> Connection::once(const QString& sql)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    if (!query.exec(sql))
        return failure(query.lastError());
    return {};
}

base::Result<QSqlQuery*> Connection::prepared(const QString& sql)
{
    if (const auto known = m_statements.find(sql); known != m_statements.end())
        return &known->second;
    if (m_statements.size() >= keptStatements)
        m_statements.clear();
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return failure(query.lastError());
    return &m_statements.emplace(sql, std::move(query)).first->second;
}

base::Result<Connection::Cursor> Connection::execute(const QString& sql, std::span<const QVariant> values)
{
    auto statement = prepared(sql);
    if (!statement)
        return base::failed(std::move(statement).error());
    QSqlQuery& query = **statement;
    for (std::size_t i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values[i]);
    if (!query.exec()) {
        auto failed = failure(query.lastError());
        query.finish();
        return failed;
    }
    return Cursor(query);
}

base::Result<void> required(base::Result<int>&& changed, const QString& what)
{
    if (!changed)
        return base::failed(std::move(changed).error());
    if (*changed == 0)
        return base::failed(base::ErrorCode::NotFound, what);
    return {};
}

base::Result<void> whetherDone(base::Result<int>&& changed)
{
    if (!changed)
        return base::failed(std::move(changed).error());
    return {};
}

} // namespace storage
