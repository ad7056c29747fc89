// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/vault.h"

class QLineEdit;
class QString;

namespace ui {

constexpr int shortestPassphrase = 8;

/// A line whose text is hidden while it is typed.
QLineEdit* makePassphraseField(const QString& objectName);
/// Takes what was typed out of the field, wiping the copies that are ours.
lifecycle::SharedSecret takeSecret(QLineEdit* field);
lifecycle::SharedSecret secretOf(const QString& text);

} // namespace ui
