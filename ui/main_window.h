// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/vault.h"
#include "ui/common/navigator.h"
#include "ui/common/workspace.h"

#include <QMainWindow>
#include <QTimer>

class QLabel;
class QStackedWidget;

namespace lifecycle {
class CertificateManager;
}

namespace ui {

class Banner;
class Preferences;
class Screen;
class Sidebar;
class VaultGate;

/// The one window: sidebar, screens, banners above them; the vault gate in front of everything while it is locked.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// Both outlive the window. `dataFolder` is only shown.
    MainWindow(lifecycle::CertificateManager& manager, Preferences& settings, const QString& dataFolder);
    ~MainWindow() override;

    /// Opens the vault, with `passphrase` where one is given.
    void begin(lifecycle::SharedSecret passphrase);
    Navigator& navigator() { return m_navigator; }
    void showScreen(ScreenId id);
    /// Brings the window to the front, also from minimized.
    void raiseAgain();
    /// Whether closing may hide the window, because a tray icon brings it back. Without one it minimizes.
    void setTrayAvailable(bool available);

Q_SIGNALS:
    void vaultOpened();
    void quitRequested();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildScreens(const QString& dataFolder);
    void buildLayout();
    void buildShortcuts();
    void connectNavigator();
    void enter(bool newInKeyring);
    void followVault(lifecycle::VaultStatus status);
    void startPractice();
    /// To the account form, or past it where there is an account already.
    void goOnWith(const QString& authorityId);
    void tellSuccess(const QString& text);
    Screen* currentScreen() const;

    Navigator m_navigator;
    lifecycle::CertificateManager& m_manager;
    Preferences& m_settings;
    Workspace m_workspace;
    QStackedWidget* m_doors;
    QStackedWidget* m_screens;
    VaultGate* m_gate;
    Sidebar* m_sidebar;
    Banner* m_banner;
    QLabel* m_vaultState;
    QLabel* m_renewalState;
    QTimer m_successTimer;
    bool m_trayAvailable = false;
    bool m_closeExplained = false;
    bool m_startingPractice = false; ///< another one would stop it
};

} // namespace ui
