// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"

namespace practice {
class PebbleServer;
}

namespace app {

/// Where the window's own settings are kept: widths of columns, what was chosen last.
QString windowSettingsPath(const QString& dataFolder);
/// Lets the form for new certificates propose the ports at which the practice CA looks for answers.
void rememberPracticeProof(const QString& dataFolder, const lifecycle::Authority& authority,
                           const practice::PebbleServer& server);

} // namespace app
