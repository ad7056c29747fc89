// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSplitter>

namespace ui {

/// A list with its detail panel beside it, or below it where the window is narrow.
class AdaptiveSplitter : public QSplitter {
    Q_OBJECT

public:
    AdaptiveSplitter(QWidget* list, QWidget* detail);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange(Qt::Orientation orientation);
};

} // namespace ui
