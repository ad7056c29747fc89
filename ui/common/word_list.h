// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace ui {

/// The words of a list as people write one: apart by blanks, line breaks, commas or semicolons.
QStringList splitWords(const QString& text);

} // namespace ui
