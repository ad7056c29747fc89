// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/order_record.h"

#include <QAbstractTableModel>

#include <functional>

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
    const lifecycle::OrderRow& order(int row) const { return m_orders.at(row); }
    /// The row of an order, or -1 while it is not loaded.
    int rowOf(const QString& id) const;

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
    void fetch(int offset, int limit);
    void take(int generation, int offset, int limit, base::Result<QList<lifecycle::OrderRow>> page);

    Fetcher m_fetcher;
    QList<lifecycle::OrderRow> m_orders;
    int m_generation = 0;
    bool m_fetching = false;
    bool m_more = false;
};

} // namespace ui
