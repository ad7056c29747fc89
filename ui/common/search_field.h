// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

class QLineEdit;

namespace ui {

/// A field that filters a list: `search` is called with its text a moment after the last key, and at once on Return.
QLineEdit* makeSearchField(const QString& objectName, const QString& placeholder,
                           std::function<void(const QString&)> search);

} // namespace ui
