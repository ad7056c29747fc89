// SPDX-License-Identifier: Apache-2.0
#pragma once

class QCoreApplication;

namespace ui {

/// Loads the words of the operator's language; English ones, with its plurals, where there are none.
void installTranslation(QCoreApplication& application);

} // namespace ui
