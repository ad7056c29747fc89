// SPDX-License-Identifier: Apache-2.0
#include "ui/common/adaptive_splitter.h"

#include "ui/common/widgets.h"

#include <QResizeEvent>

namespace ui {
namespace {

constexpr int narrow = 1180;
constexpr int listShare = 62;
constexpr int detailShare = 38;

} // namespace

AdaptiveSplitter::AdaptiveSplitter(QWidget* list, QWidget* detail)
{
    addWidget(list);
    addWidget(detail);
    setChildrenCollapsible(false);
    setHandleWidth(pageSpacing);
    arrange(Qt::Vertical);
}

void AdaptiveSplitter::resizeEvent(QResizeEvent* event)
{
    const Qt::Orientation wanted = event->size().width() < narrow ? Qt::Vertical : Qt::Horizontal;
    if (wanted != orientation())
        arrange(wanted);
    QSplitter::resizeEvent(event);
}

void AdaptiveSplitter::arrange(Qt::Orientation orientation)
{
    setOrientation(orientation);
    const int whole = orientation == Qt::Vertical ? height() : width();
    setSizes({whole * listShare / 100, whole * detailShare / 100});
    setStretchFactor(0, listShare);
    setStretchFactor(1, detailShare);
}

} // namespace ui
