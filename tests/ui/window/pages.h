// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/window/window_fixture.h"

#include <functional>

/// Everything that a window can show, each with the way there: what is checked for everybody, and looked at.
namespace support {

struct Page {
    QString name; ///< of its row and of its picture
    std::function<void(WindowFixture&)> open = [](WindowFixture&) {};
    std::function<Scene()> played = sampleScene;
};

/// Overview, certificates and their dialogs, activity, settings, the vault's gate.
QList<Page> screenPages();
/// Orders, and the form for a new certificate.
QList<Page> orderPages();
/// Accounts and their forms.
QList<Page> accountPages();
/// EAB credentials and their forms.
QList<Page> credentialPages();
/// Authorities, their forms and pages.
QList<Page> authorityPages();

/// The page of a screen of the sidebar, once it has read what it shows.
inline void show(WindowFixture& fixture, ui::ScreenId screen)
{
    fixture.window().showScreen(screen);
    WindowFixture::settle();
}

} // namespace support
