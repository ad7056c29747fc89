// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/severity.h"

#include <QIcon>

#include <optional>

namespace ui {

/// The line icon resources/icons/`name`.svg in the colour of text, which follows the palette as it changes.
QIcon themedIcon(const QString& name);
/// The same in the colour of `severity`.
QIcon themedIcon(const QString& name, Severity severity);
/// The application's own icon.
QIcon applicationIcon();
/// The application's icon with the icon `badge` in its corner.
QIcon badgedApplicationIcon(const QString& badge, Severity severity);

} // namespace ui
