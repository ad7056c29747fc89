// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>
#include <QList>
#include <QStringList>

#include <algorithm>

namespace ui {

/// A table whose texts and icons are made when its items arrive, not while it is painted. Items that are read again
/// change the rows that differ and no others, so that thousands can be followed while they change.
///
/// An item has an id() and can be compared; the icon is shown in the first column. Rows are in no order: a proxy sorts.
template <class Item>
class FollowingTable : public QAbstractTableModel {
public:
    /// What a column is sorted by.
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void take(const QList<Item>& items);
    const Item& item(int row) const { return m_rows.at(row).item; }
    /// The row of an item, or -1.
    int rowOf(const QString& id) const { return m_places.value(id, -1); }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    QVariant data(const QModelIndex& index, int role) const override;

protected:
    struct Cells {
        QStringList texts;
        QStringList toolTips;
        QIcon icon;
    };

    virtual Cells cellsOf(const Item& item) const = 0;
    /// What `column` is sorted by where it is not its text; invalid: the text.
    virtual QVariant sortValue(const Item&, int) const { return {}; }

private:
    struct Row {
        Item item;
        Cells cells;
    };

    void showAnew(const QList<Item>& items);
    void append(const Item& item);
    void replace(int row, const Item& item);

    QList<Row> m_rows;
    QHash<QString, int> m_places; ///< the row of each id
};

template <class Item>
void FollowingTable<Item>::take(const QList<Item>& items)
{
    const auto known =
        std::count_if(items.cbegin(), items.cend(), [this](const Item& item) { return m_places.contains(item.id()); });
    if (m_rows.isEmpty() || known < m_rows.size()) // some are gone
        return showAnew(items);
    QList<Item> fresh;
    for (const Item& item : items)
        if (const int row = rowOf(item.id()); row < 0)
            fresh.append(item);
        else if (!(m_rows.at(row).item == item))
            replace(row, item);
    if (fresh.isEmpty())
        return;
    const int first = rowCount();
    this->beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    for (const Item& item : std::as_const(fresh))
        append(item);
    this->endInsertRows();
}

template <class Item>
void FollowingTable<Item>::showAnew(const QList<Item>& items)
{
    this->beginResetModel();
    m_rows.clear();
    m_places.clear();
    m_rows.reserve(items.size());
    for (const Item& item : items)
        append(item);
    this->endResetModel();
}

template <class Item>
void FollowingTable<Item>::append(const Item& item)
{
    m_places.insert(item.id(), rowCount());
    m_rows.append(Row {item, cellsOf(item)});
}

template <class Item>
void FollowingTable<Item>::replace(int row, const Item& item)
{
    m_rows[row] = Row {item, cellsOf(item)};
    Q_EMIT this->dataChanged(this->index(row, 0), this->index(row, this->columnCount() - 1));
}

template <class Item>
QVariant FollowingTable<Item>::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.cells.texts.at(index.column());
    case Qt::ToolTipRole:
        return row.cells.toolTips.value(index.column());
    case Qt::DecorationRole:
        return index.column() == 0 ? QVariant(row.cells.icon) : QVariant();
    case SortRole: {
        const QVariant value = sortValue(row.item, index.column());
        return value.isValid() ? value : QVariant(row.cells.texts.at(index.column()));
    }
    default:
        return {};
    }
}

} // namespace ui
