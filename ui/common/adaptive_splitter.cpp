// SPDX-License-Identifier: Apache-2.0
#include "ui/common/adaptive_splitter.h"

#include "ui/common/widgets.h"

#include <QResizeEvent>

#include <algorithm>

namespace ui {
namespace {

constexpr int narrow = 1180;
constexpr int shareAbove = 45; // at most: a few rows are enough to choose from, and the panel needs some height

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
    const bool isAbove = orientation == Qt::Vertical;
    const int whole = isAbove ? height() : width();
    const int share = isAbove ? std::min(m_listShare, shareAbove) : m_listShare;
    setSizes({whole * share / 100, whole * (100 - share) / 100});
    setStretchFactor(0, share);
    setStretchFactor(1, 100 - share);
}

} // namespace ui
