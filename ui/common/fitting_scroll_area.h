// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace ui {

/// A page that fills the room there is, and scrolls downwards once there is less than the least it needs at its width.
/// Unlike a QScrollArea, which scrolls as soon as there is less than the page would like to have.
class FittingScrollArea : public QScrollArea {
    Q_OBJECT

public:
    /// `content` needs a layout.
    explicit FittingScrollArea(QWidget* content, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    int neededHeight(int width) const;
    int barWidth() const;
};

} // namespace ui
