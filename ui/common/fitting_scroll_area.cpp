// SPDX-License-Identifier: Apache-2.0
#include "ui/common/fitting_scroll_area.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int leastHeight = 90;

} // namespace

FittingScrollArea::FittingScrollArea(QWidget* content, QWidget* parent)
    : QScrollArea(parent)
{
    content->setObjectName(content->objectName().isEmpty() ? u"scrolled"_s : content->objectName());
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
}

QSize FittingScrollArea::sizeHint() const
{
    return widget()->sizeHint();
}

QSize FittingScrollArea::minimumSizeHint() const
{
    const QSize least = widget()->minimumSizeHint();
    return {least.width() + barWidth(), std::min(least.height(), leastHeight)};
}

bool FittingScrollArea::eventFilter(QObject* watched, QEvent* event)
{
    const bool needsOther = watched == widget() && event->type() == QEvent::LayoutRequest;
    const bool eaten = QScrollArea::eventFilter(watched, event);
    if (needsOther) {
        updateGeometry();
        fit();
    }
    return eaten;
}

void FittingScrollArea::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

int FittingScrollArea::barWidth() const
{
    return verticalScrollBar()->sizeHint().width();
}

int FittingScrollArea::neededHeight(int width) const
{
    const QLayout* layout = widget()->layout();
    return std::max(layout->minimumHeightForWidth(width), layout->minimumSize().height());
}

void FittingScrollArea::fit()
{
    const QSize room = maximumViewportSize();
    int width = room.width();
    int height = neededHeight(width);
    if (height > room.height()) {
        width -= barWidth();
        height = neededHeight(width);
    }
    widget()->resize(width, std::max(height, room.height()));
}

} // namespace ui
