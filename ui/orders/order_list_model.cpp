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

QString cellText(const lifecycle::OrderRow& order, int column)
{
    switch (column) {
    case OrderListModel::State:
        return statusOf(order).word;
    case OrderListModel::Names:
        return namesText(order.names);
    case OrderListModel::Authority:
        return order.authorityName;
    case OrderListModel::Placed:
        return localTime(order.createdAt);
    case OrderListModel::Updated:
        return relativeTime(order.updatedAt);
    default:
        return order.error;
    }
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
        return cellText(order, column);
    }
}

} // namespace

OrderListModel::OrderListModel(Fetcher fetcher, QObject* parent)
    : QAbstractTableModel(parent)
    , m_fetcher(std::move(fetcher))
{
}

void OrderListModel::reload()
{
    ++m_generation;
    fetch(0, std::max<int>(pageSize, static_cast<int>(m_orders.size())));
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
    const bool sameRows = offset == 0 && page->size() == m_orders.size()
        && std::equal(page->begin(), page->end(), m_orders.begin(),
                      [](const auto& left, const auto& right) { return left.id == right.id; });
    if (sameRows && !m_orders.isEmpty()) {
        m_orders = *std::move(page);
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_orders.size()) - 1, ColumnCount - 1));
    } else if (offset == 0) {
        beginResetModel();
        m_orders = *std::move(page);
        endResetModel();
    } else if (!page->isEmpty()) {
        beginInsertRows({}, offset, offset + static_cast<int>(page->size()) - 1);
        m_orders += *std::move(page);
        endInsertRows();
    }
    Q_EMIT loaded();
}

int OrderListModel::rowOf(const QString& id) const
{
    const auto found = std::find_if(m_orders.begin(), m_orders.end(),
                                    [&](const lifecycle::OrderRow& order) { return order.id == id; });
    return found == m_orders.end() ? -1 : static_cast<int>(found - m_orders.begin());
}

int OrderListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_orders.size());
}

int OrderListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OrderListModel::data(const QModelIndex& index, int role) const
{
    const lifecycle::OrderRow& order = m_orders.at(index.row());
    if (role == Qt::DisplayRole)
        return cellText(order, index.column()).simplified();
    if (role == Qt::DecorationRole && index.column() == State)
        return statusOf(order).icon();
    if (role == Qt::ToolTipRole)
        return toolTipText(order, index.column());
    return {};
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
    fetch(static_cast<int>(m_orders.size()), pageSize);
}

} // namespace ui
