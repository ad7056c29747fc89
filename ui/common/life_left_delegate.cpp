// SPDX-License-Identifier: Apache-2.0
#include "ui/common/life_left_delegate.h"

#include "ui/common/severity.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace ui {
namespace {

constexpr int barWidth = 64;
constexpr int barHeight = 6;
constexpr int gap = 8;
constexpr double dueFraction = 1.0 / 3;
constexpr double lateFraction = 1.0 / 6;

Severity severityOf(double left)
{
    if (left > dueFraction)
        return Severity::Good;
    return left > lateFraction ? Severity::Attention : Severity::Bad;
}

void paintBar(QPainter* painter, const QRect& bar, double left, const QPalette& palette)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(severityTint(Severity::Neutral, palette).darker(isDark(palette) ? 80 : 112));
    painter->drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
    QRect filled = bar;
    filled.setWidth(std::max(barHeight, static_cast<int>(bar.width() * left)));
    painter->setBrush(severityColor(severityOf(left), palette));
    painter->drawRoundedRect(filled, barHeight / 2.0, barHeight / 2.0);
}

} // namespace

void LifeLeftDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString words = item.text;
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const QVariant fraction = index.data(FractionRole);
    QRect text = option.rect.adjusted(6, 0, -4, 0);
    painter->save();
    if (fraction.isValid()) {
        const QRect bar(text.left(), text.center().y() - barHeight / 2, barWidth, barHeight);
        paintBar(painter, bar, std::clamp(fraction.toDouble(), 0.0, 1.0), item.palette);
        text.setLeft(bar.right() + gap);
    }
    painter->setPen(item.palette.color(QPalette::Text));
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      item.fontMetrics.elidedText(words, Qt::ElideRight, text.width()));
    painter->restore();
}

QSize LifeLeftDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(barWidth + gap, 0);
}

} // namespace ui
