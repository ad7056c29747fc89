// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/desktop/core_thread.h"
#include "app/desktop/options.h"
#include "app/desktop/single_instance.h"
#include "ui/common/preferences.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace lifecycle {
class CertificateManager;
}

namespace ui {
class MainWindow;
class StartWindow;
class TrayIcon;
} // namespace ui

namespace app {

/// The desktop program put together: core thread, façade, window and tray, from opening to draining.
class Application : public QObject {
    Q_OBJECT

public:
    explicit Application(DesktopOptions options);
    ~Application() override;

    /// False where another program with the same data folder runs; its window was raised.
    bool begin();

private:
    void showWindow();
    void connectTray();
    void showFailure(const base::Error& error);
    void quit();

    DesktopOptions m_options;
    QSocketNotifier m_termination; ///< SIGINT and SIGTERM quit as the menu does
    bool m_quitting = false; ///< the core is being stopped; what it still reports is not shown
    SingleInstance m_instance;
    CoreThread m_core;
    std::unique_ptr<ui::StartWindow> m_start;
    std::unique_ptr<ui::Preferences> m_settings;
    std::unique_ptr<lifecycle::CertificateManager> m_manager;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::TrayIcon> m_tray;
};

} // namespace app
