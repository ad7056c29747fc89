// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeWidget>

namespace ui {

/// Where the lists of this screen keep the id of a line's object, in its first column.
constexpr int IdRole = Qt::UserRole;

/// A list of this screen, sorted by its second column.
QTreeWidget* makeAccountList(const QString& objectName, const QString& accessibleName, const QStringList& headers);
/// The id of the chosen line; empty where none is.
QString currentId(const QTreeWidget* list);

} // namespace ui
