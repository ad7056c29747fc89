// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/order_record.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>

namespace ui {

/// The orders, newest first, fetched page by page as they are scrolled.
class OrderListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Names, Authority, Placed, Updated, Error, ColumnCount };
    using Reply = std::function<void(base::Result<QList<lifecycle::OrderRow>>)>;
    using Fetcher = std::function<void(int offset, int limit, QObject*, Reply)>;

    explicit OrderListModel(Fetcher fetcher, QObject* parent = nullptr);

    void reload();
    const lifecycle::OrderRow& order(int row) const { return m_rows.at(row).order; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void loaded();
    void failed(const base::Error& error);

private:
    struct Row {
        lifecycle::OrderRow order;
        /// What never changes and costs something to say, made when it is first shown.
        mutable QString names = {};
        mutable QString placed = {};
    };

    static QList<Row> rowsOf(QList<lifecycle::OrderRow> orders);
    static QString cellText(const Row& row, int column);
    /// How many of `orders` are newer than the first row; nothing where they differ from the rows in another way too.
    std::optional<int> newerThanRows(const QList<lifecycle::OrderRow>& orders) const;
    /// Shows `orders` in place of all rows; what is selected stays so where it can.
    void show(QList<lifecycle::OrderRow> orders);
    void change(int row, lifecycle::OrderRow order);
    void fetch(int offset, int limit);
    void take(int generation, int offset, int limit, base::Result<QList<lifecycle::OrderRow>> page);

    Fetcher m_fetcher;
    QList<Row> m_rows;
    int m_generation = 0;
    bool m_fetching = false;
    bool m_more = false;
};

} // namespace ui
