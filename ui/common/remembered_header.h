// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

class QSettings;
class QTreeView;

namespace ui {

/// Gives the columns of `list` the widths of last time, or `widths` at first, and remembers every change of widths,
/// order and sorting under the list's object name. `settings` outlives the list.
void rememberHeader(QTreeView* list, QSettings& settings, const QList<int>& widths);

} // namespace ui
