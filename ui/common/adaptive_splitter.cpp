// SPDX-License-Identifier: Apache-2.0
#include "ui/common/adaptive_splitter.h"

#include "ui/common/widgets.h"

#include <QResizeEvent>

namespace ui {
namespace {

constexpr int narrow = 1180;

} // namespace

AdaptiveSplitter::AdaptiveSplitter(QWidget* list, QWidget* detail, int listShare)
    : m_listShare(listShare)
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
    setSizes({whole * m_listShare / 100, whole * (100 - m_listShare) / 100});
    setStretchFactor(0, m_listShare);
    setStretchFactor(1, 100 - m_listShare);
}

} // namespace ui
