// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

class QTreeView;

namespace ui {

class Preferences;

/// Gives the columns of `list` the widths of last time, or `widths` at first, and remembers every change of widths,
/// order and sorting under the list's object name. `settings` outlives the list.
void rememberHeader(QTreeView* list, Preferences& settings, const QList<int>& widths);

} // namespace ui
