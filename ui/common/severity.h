// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace ui {

/// How much something matters to the operator. Never shown by colour alone: a word and an icon go with it.
enum class Severity { Neutral, Good, Working, Attention, Bad };

/// Whether text on `palette`'s window is light.
bool isDark(const QPalette& palette);
/// A colour for text and icons that is readable on `palette`'s base.
QColor severityColor(Severity severity, const QPalette& palette);
/// A faint background for `severity` on `palette`'s window.
QColor severityTint(Severity severity, const QPalette& palette);
/// The one word that a banner begins with.
QString severityWord(Severity severity);

} // namespace ui
