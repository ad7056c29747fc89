// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSplitter>

namespace ui {

/// A list with its detail panel beside it, or below it where the window is narrow.
class AdaptiveSplitter : public QSplitter {
    Q_OBJECT

public:
    /// `listShare` is how much of the room the list has at first, in percent; less than half of it above the panel.
    AdaptiveSplitter(QWidget* list, QWidget* detail, int listShare = 62);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange(Qt::Orientation orientation);

    int m_listShare;
};

} // namespace ui
