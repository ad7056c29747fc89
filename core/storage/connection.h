// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "storage/binding.h"
#include "storage/row.h"

#include <QList>
#include <QSqlQuery>
#include <QString>

#include <array>
#include <optional>
#include <span>
#include <type_traits>
#include <unordered_map>

namespace storage {

namespace detail {

template <class T>
struct Unwrapped {
    using Type = T;
};
template <class T>
struct Unwrapped<base::Result<T>> {
    using Type = T;
};
template <class Read>
using ReadValue = typename Unwrapped<std::invoke_result_t<Read, Row&>>::Type;
template <class Read>
inline constexpr bool readsResult = !std::is_same_v<ReadValue<Read>, std::invoke_result_t<Read, Row&>>;

} // namespace detail

/// One connection to the database, with its prepared statements kept by their text. Belongs to one thread.
///
/// Values go where the text has a "?"; see binding.h. A reader takes a `Row&` and answers a value or a `Result`.
class Connection {
public:
    /// Uses the QSqlDatabase of that name, already open.
    explicit Connection(QString name);

    /// Executes a statement that answers no rows: how many rows it changed.
    template <class... Args>
    base::Result<int> run(const QString& sql, const Args&... args)
    {
        const std::array<QVariant, sizeof...(Args)> values {value(args)...};
        auto cursor = execute(sql, values);
        if (!cursor)
            return base::failed(std::move(cursor).error());
        return cursor->changedRows();
    }

    /// Every row, through `read`; the first failure of `read` ends it.
    template <class Read, class... Args>
    base::Result<QList<detail::ReadValue<Read>>> list(const QString& sql, Read read, const Args&... args)
    {
        const std::array<QVariant, sizeof...(Args)> values {value(args)...};
        return listOf(sql, values, read);
    }

    /// The same for values that are counted at run time.
    template <class Read>
    base::Result<QList<detail::ReadValue<Read>>> listOf(const QString& sql, std::span<const QVariant> values, Read read)
    {
        auto cursor = execute(sql, values);
        if (!cursor)
            return base::failed(std::move(cursor).error());
        QList<detail::ReadValue<Read>> found;
        while (cursor->next()) {
            auto one = cursor->read(read);
            if constexpr (detail::readsResult<Read>) {
                if (!one)
                    return base::failed(std::move(one).error());
                found.append(std::move(*one));
            } else {
                found.append(std::move(one));
            }
        }
        return found;
    }

    /// The first row, through `read`; nothing when there is none.
    template <class Read, class... Args>
    base::Result<std::optional<detail::ReadValue<Read>>> first(const QString& sql, Read read, const Args&... args)
    {
        const std::array<QVariant, sizeof...(Args)> values {value(args)...};
        return firstOf(sql, values, read);
    }

    template <class Read>
    base::Result<std::optional<detail::ReadValue<Read>>> firstOf(const QString& sql, std::span<const QVariant> values,
                                                                 Read read)
    {
        auto cursor = execute(sql, values);
        if (!cursor)
            return base::failed(std::move(cursor).error());
        if (!cursor->next())
            return std::nullopt;
        auto one = cursor->read(read);
        if constexpr (detail::readsResult<Read>) {
            if (!one)
                return base::failed(std::move(one).error());
            return std::optional(std::move(*one));
        } else {
            return std::optional(std::move(one));
        }
    }

    /// Executes one statement that is not worth keeping prepared.
    base::Result<void> once(const QString& sql);
    /// Forgets the prepared statements, for example before the connection is closed.
    void forgetStatements() { m_statements.clear(); }

private:
    /// A statement that has been executed; resets it when done with, so that it holds no snapshot.
    class Cursor {
    public:
        explicit Cursor(QSqlQuery& query)
            : m_query(&query)
        {
        }
        Cursor(Cursor&& other) noexcept
            : m_query(std::exchange(other.m_query, nullptr))
        {
        }
        Cursor& operator=(Cursor&&) = delete;
        ~Cursor()
        {
            if (m_query)
                m_query->finish();
        }

        bool next() { return m_query->next(); }
        int changedRows() const { return m_query->numRowsAffected(); }
        template <class Read>
        auto read(Read& reader)
        {
            Row row(*m_query);
            return reader(row);
        }

    private:
        QSqlQuery* m_query;
    };

    base::Result<Cursor> execute(const QString& sql, std::span<const QVariant> values);
    base::Result<QSqlQuery*> prepared(const QString& sql);

    QString m_name;
    std::unordered_map<QString, QSqlQuery> m_statements;
};

/// A row that must be there: NotFound with `what` when it is not.
template <class T>
base::Result<T> required(base::Result<std::optional<T>>&& found, const QString& what)
{
    if (!found)
        return base::failed(std::move(found).error());
    if (!*found)
        return base::failed(base::ErrorCode::NotFound, what);
    return std::move(**found);
}

/// A change that must have met a row: NotFound with `what` when it did not.
base::Result<void> required(base::Result<int>&& changed, const QString& what);
/// A change that may meet any number of rows, or none.
base::Result<void> whetherDone(base::Result<int>&& changed);

} // namespace storage
