// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace ui {

/// Puts widgets beside each other, and those that do not fit into the next row: for buttons in narrow windows. What may
/// grow in width fills its row.
class FlowLayout : public QLayout {
    Q_OBJECT

public:
    /// Without margins.
    explicit FlowLayout(QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override;
    bool hasHeightForWidth() const override;
    int heightForWidth(int width) const override;
    QSize minimumSize() const override;
    QSize sizeHint() const override;
    void setGeometry(const QRect& rect) override;

private:
    using Row = std::vector<QLayoutItem*>;

    std::vector<Row> rowsIn(int width) const;
    int gap() const;
    static int widthOf(const QLayoutItem& item, int available);
    static int heightOf(const Row& row, int width);
    void place(const Row& row, const QRect& area) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace ui
