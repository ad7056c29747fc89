// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// Paints the part of a lifetime that is left as a bar, with the words beside it.
class LifeLeftDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// The part left, 0 to 1, as double; the words are the display role.
    static constexpr int FractionRole = Qt::UserRole + 40;

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace ui
