// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>
#include <QList>
#include <QSet>
#include <QStringList>

#include <utility>

namespace ui {

/// A table whose texts and icons are made when its items arrive, not while it is painted. Items that are read again
/// change the cells that differ and no others, so that thousands can be followed while they change, and what is
/// selected stays so while others come and go.
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
    /// More rows than that are not taken out one by one: views and proxies go through all of theirs each time.
    static constexpr int mostRemovals = 100;

    void showAnew(const QList<Item>& items);
    QList<int> rowsWithout(const QList<Item>& items) const;
    void remove(const QList<int>& rows);
    void append(const Item& item);
    void replace(int row, const Item& item);
    bool differs(const Row& before, const Row& after, int column) const;

    QList<Row> m_rows;
    QHash<QString, int> m_places; ///< the row of each id
};

template <class Item>
void FollowingTable<Item>::take(const QList<Item>& items)
{
    const QList<int> gone = rowsWithout(items);
    if (gone.size() == m_rows.size() || gone.size() > mostRemovals)
        return showAnew(items);
    remove(gone);
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
QList<int> FollowingTable<Item>::rowsWithout(const QList<Item>& items) const
{
    QSet<QString> ids;
    ids.reserve(items.size());
    for (const Item& item : items)
        ids.insert(item.id());
    QList<int> rows;
    for (int row = 0; row < rowCount(); ++row)
        if (!ids.contains(m_rows.at(row).item.id()))
            rows.append(row);
    return rows;
}

template <class Item>
void FollowingTable<Item>::remove(const QList<int>& rows)
{
    for (auto row = rows.crbegin(); row != rows.crend(); ++row) {
        this->beginRemoveRows({}, *row, *row);
        m_places.remove(m_rows.at(*row).item.id());
        m_rows.removeAt(*row);
        for (int moved = *row; moved < rowCount(); ++moved)
            m_places[m_rows.at(moved).item.id()] = moved;
        this->endRemoveRows();
    }
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
    const Row before = std::exchange(m_rows[row], Row {item, cellsOf(item)});
    QList<int> columns;
    for (int column = 0; column < this->columnCount(); ++column)
        if (differs(before, m_rows.at(row), column))
            columns.append(column);
    if (columns.isEmpty()) // what no cell shows may be what somebody looks for
        columns.append(0);
    for (const int column : std::as_const(columns))
        Q_EMIT this->dataChanged(this->index(row, column), this->index(row, column));
}

template <class Item>
bool FollowingTable<Item>::differs(const Row& before, const Row& after, int column) const
{
    return before.cells.texts.value(column) != after.cells.texts.value(column)
        || before.cells.toolTips.value(column) != after.cells.toolTips.value(column)
        || (column == 0 && before.cells.icon.cacheKey() != after.cells.icon.cacheKey())
        || sortValue(before.item, column) != sortValue(after.item, column);
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
