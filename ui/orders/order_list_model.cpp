// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_list_model.h"

#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/status.h"

#include <algorithm>
#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int pageSize = 200;

Status statusOf(const lifecycle::OrderRow& order)
{
    return ui::statusOf(order.state, order.running, order.awaitsApproval);
}

QString toolTipText(const lifecycle::OrderRow& order, int column)
{
    switch (column) {
    case OrderListModel::Names:
        return nameLines(order.names);
    case OrderListModel::Placed:
        return utcTime(order.createdAt);
    case OrderListModel::Updated:
        return utcTime(order.updatedAt);
    default:
        return QString();
    }
}

} // namespace

OrderListModel::OrderListModel(Fetcher fetcher, QObject* parent)
    : QAbstractTableModel(parent)
    , m_fetcher(std::move(fetcher))
{
}

QList<OrderListModel::Row> OrderListModel::rowsOf(QList<lifecycle::OrderRow> orders)
{
    QList<Row> rows;
    rows.reserve(orders.size());
    for (lifecycle::OrderRow& order : orders)
        rows.append(Row {std::move(order)});
    return rows;
}

QString OrderListModel::cellText(const Row& row, int column)
{
    switch (column) {
    case State:
        return statusOf(row.order).word;
    case Names:
        if (row.names.isNull())
            row.names = namesText(row.order.names);
        return row.names;
    case Authority:
        return row.order.authorityName;
    case Placed:
        if (row.placed.isNull())
            row.placed = localTime(row.order.createdAt);
        return row.placed;
    case Updated:
        return relativeTime(row.order.updatedAt);
    default:
        return row.order.error.simplified();
    }
}

void OrderListModel::reload()
{
    ++m_generation;
    fetch(0, std::max(pageSize, rowCount()));
}

void OrderListModel::fetch(int offset, int limit)
{
    m_fetching = true;
    m_fetcher(offset, limit, this,
              [this, offset, limit, generation = m_generation](base::Result<QList<lifecycle::OrderRow>> page) {
                  take(generation, offset, limit, std::move(page));
              });
}

void OrderListModel::take(int generation, int offset, int limit, base::Result<QList<lifecycle::OrderRow>> page)
{
    if (generation != m_generation)
        return;
    m_fetching = false;
    if (!page)
        return Q_EMIT failed(page.error());
    m_more = page->size() == limit;
    if (offset == 0) {
        show(*std::move(page));
    } else if (!page->isEmpty()) {
        beginInsertRows({}, offset, offset + static_cast<int>(page->size()) - 1);
        m_rows += rowsOf(*std::move(page));
        endInsertRows();
    }
    Q_EMIT loaded();
}

std::optional<int> OrderListModel::newerThanRows(const QList<lifecycle::OrderRow>& orders) const
{
    const auto isRow = [](const lifecycle::OrderRow& order, const Row& row) { return order.id == row.order.id; };
    if (m_rows.isEmpty())
        return std::nullopt;
    const auto known = std::find_if(orders.begin(), orders.end(),
                                    [&](const lifecycle::OrderRow& order) { return isRow(order, m_rows.first()); });
    const auto rest = std::distance(known, orders.end());
    if (rest == 0 || rest > m_rows.size() || !std::equal(known, orders.end(), m_rows.begin(), isRow))
        return std::nullopt;
    return static_cast<int>(std::distance(orders.begin(), known));
}

void OrderListModel::show(QList<lifecycle::OrderRow> orders)
{
    const std::optional<int> newer = newerThanRows(orders);
    const int count = static_cast<int>(orders.size());
    if (!newer) {
        beginResetModel();
        m_rows = rowsOf(std::move(orders));
        endResetModel();
        return;
    }
    if (*newer > 0) {
        beginInsertRows({}, 0, *newer - 1);
        m_rows = rowsOf(orders.mid(0, *newer)) + m_rows;
        endInsertRows();
    }
    if (count < rowCount()) {
        beginRemoveRows({}, count, rowCount() - 1);
        m_rows.resize(count);
        endRemoveRows();
    }
    for (int row = *newer; row < count; ++row)
        if (!(m_rows[row].order == orders[row]))
            change(row, std::move(orders[row]));
}

void OrderListModel::change(int row, lifecycle::OrderRow order)
{
    m_rows[row].order = std::move(order);
    // A cell by itself: told of several at once, a view paints all that it shows.
    for (const Column column : {State, Updated, Error})
        Q_EMIT dataChanged(index(row, column), index(row, column));
}

int OrderListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OrderListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OrderListModel::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows.at(index.row());
    if (role == Qt::DisplayRole)
        return cellText(row, index.column());
    if (role == Qt::DecorationRole && index.column() == State)
        return statusOf(row.order).icon();
    if (role != Qt::ToolTipRole)
        return {};
    const QString text = toolTipText(row.order, index.column());
    return text.isNull() ? cellText(row, index.column()) : text;
}

QVariant OrderListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array titles {tr("State"), tr("Names"), tr("Authority"), tr("Placed"), tr("Changed"), tr("Error")};
    return titles.at(static_cast<std::size_t>(section));
}

bool OrderListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_more && !m_fetching;
}

void OrderListModel::fetchMore(const QModelIndex&)
{
    fetch(rowCount(), pageSize);
}

} // namespace ui
