// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/application.h"

#include "app/desktop/practice_proof.h"
#include "base/termination.h"
#include "lifecycle/certificate_manager.h"
#include "ui/common/look.h"
#include "ui/main_window.h"
#include "ui/start_window.h"
#include "ui/tray/tray_icon.h"

#include <QApplication>

#include <utility>

namespace app {
namespace {

using namespace Qt::StringLiterals;

} // namespace

Application::Application(DesktopOptions options)
    : m_options(std::move(options))
    , m_termination(base::platform::terminationSignals(), QSocketNotifier::Read)
    , m_instance(m_options.dataFolder)
{
    connect(&m_core, &CoreThread::opened, this, &Application::showWindow);
    connect(&m_core, &CoreThread::failed, this, &Application::showFailure);
    connect(&m_core, &CoreThread::stopped, qApp, &QCoreApplication::quit);
    connect(&m_termination, &QSocketNotifier::activated, this, [this] {
        m_termination.setEnabled(false);
        quit();
    });
    connect(&m_core, &CoreThread::practiceStarted, this,
            [this](const PracticeProof& proof) { rememberPracticeProof(*m_settings, proof); });
    connect(&m_instance, &SingleInstance::raiseRequested, this, [this] {
        if (m_window)
            m_window->raiseAgain();
    });
}

Application::~Application() = default;

bool Application::begin()
{
    if (m_instance.raiseOther())
        return false;
    m_instance.listen();
    ui::applyLook(*qApp, ui::Appearance::FollowDesktop);
    m_core.begin(m_options.dataFolder);
    return true;
}

void Application::showWindow()
{
    m_start.reset();
    if (m_quitting)
        return;
    m_settings = std::make_unique<ui::Preferences>(m_options.dataFolder + u"/window.ini"_s);
    ui::applyLook(*qApp, ui::appearanceFromName(m_settings->value(u"appearance"_s).toString()));
    m_manager = m_core.makeManager();
    m_window = std::make_unique<ui::MainWindow>(*m_manager, *m_settings, m_options.dataFolder);
    connect(m_window.get(), &ui::MainWindow::vaultOpened, &m_core, &CoreThread::startRenewing);
    connect(m_window.get(), &ui::MainWindow::quitRequested, this, &Application::quit, Qt::QueuedConnection);
    connectTray();
    m_window->show();
    auto passphrase = passphraseOf(m_options);
    m_window->begin(passphrase.value_or(nullptr));
    if (!passphrase)
        m_window->navigator().tell(passphrase.error());
}

void Application::connectTray()
{
    m_tray = std::make_unique<ui::TrayIcon>(*m_manager);
    connect(m_tray.get(), &ui::TrayIcon::availabilityKnown, m_window.get(), &ui::MainWindow::setTrayAvailable);
    connect(m_tray.get(), &ui::TrayIcon::openWanted, m_window.get(), &ui::MainWindow::raiseAgain);
    connect(m_tray.get(), &ui::TrayIcon::quitWanted, this, &Application::quit, Qt::QueuedConnection);
    connect(m_tray.get(), &ui::TrayIcon::told, this,
            [this](const QString& words) { m_window->navigator().tell(words); });
    connect(m_tray.get(), &ui::TrayIcon::failed, this,
            [this](const base::Error& error) { m_window->navigator().tell(error); });
    m_tray->begin();
}

void Application::showFailure(const base::Error& error)
{
    if (m_quitting)
        return;
    if (!m_start) {
        m_start = std::make_unique<ui::StartWindow>(m_options.dataFolder);
        connect(m_start.get(), &ui::StartWindow::againWanted, this, [this] { m_core.begin(m_options.dataFolder); });
        connect(m_start.get(), &ui::StartWindow::quitWanted, this, &Application::quit, Qt::QueuedConnection);
    }
    m_start->showError(error);
}

void Application::quit()
{
    if (std::exchange(m_quitting, true))
        return;
    m_tray.reset();
    m_window.reset();
    m_start.reset();
    m_manager.reset();
    m_core.stop();
}

} // namespace app
