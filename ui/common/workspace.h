// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace lifecycle {
class CertificateManager;
}

namespace ui {

class Navigator;
class Preferences;

/// What every screen needs: the façade, the way to other screens, and where the look of lists is remembered.
struct Workspace {
    lifecycle::CertificateManager& manager;
    Navigator& navigator;
    Preferences& settings;
};

} // namespace ui
