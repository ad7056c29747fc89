// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

/// What assistive technology and people with a keyboard or a small screen meet in a window.
namespace support {

/// The visible and enabled widgets that take the focus by Tab.
QList<QWidget*> tabStops(QWidget* window);
/// Those of tabStops() that Tab does not come by, starting anywhere.
QStringList unreachable(QWidget* window);
/// Those of tabStops() that have no accessible name.
QStringList nameless(QWidget* window);
/// Visible labels and buttons whose text does not fit into them.
QStringList clipped(QWidget* window);
/// Visible controls that are smaller than they need, lie on top of each other, or reach over the edge of what they are
/// in: at most a scroll area may hide them below its lower edge.
QStringList cut(QWidget* window);

/// Pages that scroll inside pages that scroll: nobody knows what the wheel moves.
QStringList scrolledTwice(QWidget* window);

/// What lies over the one before it in a row or a column, which had too little room for both.
QStringList overlapping(QWidget* window);

/// What inside `page` needs more than this width, whether it is shown now or not: the innermost last.
QStringList tooWide(QWidget* page, int width);

} // namespace support
