// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPalette>
#include <QString>

class QApplication;

namespace ui {

/// Whether to follow the desktop, or what the operator chose instead.
enum class Appearance { FollowDesktop, Light, Dark };

QString appearanceName(Appearance appearance);
Appearance appearanceFromName(const QString& name);

/// Gives the whole application its style, palette and style sheet.
void applyLook(QApplication& application, Appearance appearance);
QPalette lightPalette();
QPalette darkPalette();

} // namespace ui
