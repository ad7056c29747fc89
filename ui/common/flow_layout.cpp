// SPDX-License-Identifier: Apache-2.0
#include "ui/common/flow_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace ui {
namespace {

constexpr int usualGap = 6;

bool mayGrow(const QLayoutItem* item)
{
    return item->expandingDirections() & Qt::Horizontal;
}

} // namespace

FlowLayout::FlowLayout(QWidget* parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.emplace_back(item);
    invalidate();
}

int FlowLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    if (!itemAt(index))
        return nullptr;
    const auto place = m_items.begin() + index;
    QLayoutItem* taken = place->release();
    m_items.erase(place);
    return taken;
}

Qt::Orientations FlowLayout::expandingDirections() const
{
    return {};
}

bool FlowLayout::hasHeightForWidth() const
{
    return true;
}

int FlowLayout::gap() const
{
    return spacing() >= 0 ? spacing() : usualGap;
}

int FlowLayout::widthOf(const QLayoutItem& item, int available)
{
    return std::min(std::max(item.sizeHint().width(), item.minimumSize().width()), available);
}

int FlowLayout::heightOf(const Row& row, int width)
{
    int height = 0;
    for (const QLayoutItem* item : row)
        height = std::max(height,
                          item->hasHeightForWidth() ? item->heightForWidth(widthOf(*item, width))
                                                    : item->sizeHint().height());
    return height;
}

std::vector<FlowLayout::Row> FlowLayout::rowsIn(int width) const
{
    std::vector<Row> rows;
    int used = 0;
    for (const auto& item : m_items) {
        if (item->isEmpty())
            continue;
        const int own = widthOf(*item, width);
        if (rows.empty() || used + gap() + own > width) {
            rows.emplace_back();
            used = own;
        } else {
            used += gap() + own;
        }
        rows.back().push_back(item.get());
    }
    return rows;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const int inner = width - margins.left() - margins.right();
    int height = margins.top() + margins.bottom();
    const auto rows = rowsIn(inner);
    for (const Row& row : rows)
        height += heightOf(row, inner);
    return height + gap() * std::max(0, static_cast<int>(rows.size()) - 1);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto& item : m_items)
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::sizeHint() const
{
    QSize size;
    for (const auto& item : m_items) {
        if (item->isEmpty())
            continue;
        const int before = size.width() > 0 ? size.width() + gap() : 0;
        size = {before + item->sizeHint().width(), std::max(size.height(), item->sizeHint().height())};
    }
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    QRect area = rect.marginsRemoved(contentsMargins());
    for (const Row& row : rowsIn(area.width())) {
        area.setHeight(heightOf(row, area.width()));
        place(row, area);
        area.translate(0, area.height() + gap());
    }
}

void FlowLayout::place(const Row& row, const QRect& area) const
{
    int left = area.width() - gap() * (static_cast<int>(row.size()) - 1);
    for (const QLayoutItem* item : row)
        left -= widthOf(*item, area.width());
    auto growing = static_cast<int>(std::count_if(row.begin(), row.end(), mayGrow));
    int x = area.x();
    for (QLayoutItem* item : row) {
        int width = widthOf(*item, area.width());
        if (mayGrow(item)) {
            width += left / growing;
            left -= left / growing--;
        }
        const QRect place(x, area.y(), width, area.height());
        item->setGeometry(QStyle::visualRect(parentWidget()->layoutDirection(), area, place));
        x += width + gap();
    }
}

} // namespace ui
