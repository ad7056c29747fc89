// SPDX-License-Identifier: Apache-2.0
#include "ui/main_window.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/accounts_screen.h"
#include "ui/activity/activity_screen.h"
#include "ui/authorities/authorities_screen.h"
#include "ui/certificates/certificates_screen.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/icons.h"
#include "ui/common/preferences.h"
#include "ui/orders/orders_screen.h"
#include "ui/overview/overview_screen.h"
#include "ui/settings/settings_screen.h"
#include "ui/sidebar.h"
#include "ui/vault/vault_gate.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr QSize usualSize(1280, 800);
constexpr QSize smallestSize(720, 480);
constexpr int successMillis = 8000;

} // namespace

MainWindow::MainWindow(lifecycle::CertificateManager& manager, Preferences& settings, const QString& dataFolder)
    : m_manager(manager)
    , m_settings(settings)
    , m_workspace {manager, m_navigator, settings}
    , m_doors(new QStackedWidget)
    , m_screens(new QStackedWidget)
    , m_gate(new VaultGate(m_workspace))
    , m_sidebar(new Sidebar)
    , m_banner(new Banner(u"banner"_s))
    , m_vaultState(new QLabel)
    , m_renewalState(new QLabel)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("Sealwright"));
    setWindowIcon(applicationIcon());
    setMinimumSize(smallestSize);
    buildScreens(dataFolder);
    buildLayout();
    buildShortcuts();
    connectNavigator();
    resize(usualSize);
    restoreGeometry(settings.value(u"window/geometry"_s).toByteArray());
    m_successTimer.setSingleShot(true);
    connect(&m_successTimer, &QTimer::timeout, this, [this] {
        if (m_banner->severity() == Severity::Good)
            m_banner->hide();
    });
    connect(m_gate, &VaultGate::opened, this, &MainWindow::enter);
    connect(m_gate, &VaultGate::asking, this, [this] { m_doors->setCurrentWidget(m_gate); });
    connect(&manager, &lifecycle::CertificateManager::changed, this, [this](lifecycle::Changes changes) {
        if (changes & lifecycle::Change::Vault)
            m_manager.vaultStatus(this, [this](base::Result<lifecycle::VaultStatus> status) {
                if (status)
                    followVault(*status);
            });
    });
}

MainWindow::~MainWindow()
{
    m_settings.setValue(u"window/geometry"_s, saveGeometry());
}

void MainWindow::begin(lifecycle::SharedSecret passphrase)
{
    m_gate->begin(std::move(passphrase));
}

void MainWindow::buildScreens(const QString& dataFolder)
{
    m_screens->addWidget(new OverviewScreen(m_workspace));
    m_screens->addWidget(new CertificatesScreen(m_workspace));
    m_screens->addWidget(new OrdersScreen(m_workspace));
    m_screens->addWidget(new AccountsScreen(m_workspace));
    m_screens->addWidget(new AuthoritiesScreen(m_workspace));
    m_screens->addWidget(new ActivityScreen(m_workspace));
    m_screens->addWidget(new SettingsScreen(m_workspace, dataFolder));
    m_screens->setObjectName(u"screens"_s);
}

void MainWindow::buildLayout()
{
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bannerBox = new QVBoxLayout;
    bannerBox->setContentsMargins(16, 10, 16, 0);
    bannerBox->addWidget(m_banner);
    column->addLayout(bannerBox);
    column->addWidget(m_screens, 1);
    auto* inside = new QWidget;
    auto* row = new QHBoxLayout(inside);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addWidget(right, 1);
    m_doors->addWidget(m_gate);
    m_doors->addWidget(inside);
    m_doors->setObjectName(u"doors"_s);
    setCentralWidget(m_doors);
    m_vaultState->setObjectName(u"vaultState"_s);
    m_renewalState->setObjectName(u"renewalState"_s);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(m_renewalState);
    statusBar()->addPermanentWidget(m_vaultState);
}

void MainWindow::buildShortcuts()
{
    for (int index = 0; index < m_screens->count(); ++index) {
        auto* go = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)), this);
        connect(go, &QShortcut::activated, this, [this, index] { showScreen(static_cast<ScreenId>(index)); });
    }
    const auto add = [this](const QKeySequence& keys, auto act) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, act);
    };
    add(QKeySequence::New, [this] { m_navigator.newCertificate(); });
    add(QKeySequence::Refresh, [this] { currentScreen()->refresh(); });
    // not the standard key: without a desktop theme Qt knows none for quitting
    add(QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { Q_EMIT quitRequested(); });
    add(QKeySequence::Find, [this] {
        if (QWidget* field = currentScreen()->searchField())
            field->setFocus(Qt::ShortcutFocusReason);
    });
}

void MainWindow::connectNavigator()
{
    auto* certificates = static_cast<CertificatesScreen*>(m_screens->widget(static_cast<int>(ScreenId::Certificates)));
    auto* orders = static_cast<OrdersScreen*>(m_screens->widget(static_cast<int>(ScreenId::Orders)));
    auto* accounts = static_cast<AccountsScreen*>(m_screens->widget(static_cast<int>(ScreenId::Accounts)));
    auto* authorities = static_cast<AuthoritiesScreen*>(m_screens->widget(static_cast<int>(ScreenId::Authorities)));
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::showScreen);
    connect(m_sidebar, &Sidebar::newCertificateChosen, this, [this] { m_navigator.newCertificate(); });
    connect(&m_navigator, &Navigator::screenRequested, this, &MainWindow::showScreen);
    connect(&m_navigator, &Navigator::orderRequested, this, [this, orders](const QString& id) {
        showScreen(ScreenId::Orders);
        orders->showOrder(id);
    });
    connect(&m_navigator, &Navigator::certificateRequested, this, [this, certificates](const QString& id) {
        showScreen(ScreenId::Certificates);
        certificates->showCertificate(id);
    });
    connect(&m_navigator, &Navigator::newCertificateRequested, this, [this, orders](const QString& authorityId) {
        showScreen(ScreenId::Orders);
        orders->showNewCertificate(authorityId);
    });
    connect(&m_navigator, &Navigator::registerAccountRequested, this, [this, accounts](const QString& authorityId) {
        showScreen(ScreenId::Accounts);
        accounts->showRegister(authorityId);
    });
    connect(&m_navigator, &Navigator::addAuthorityRequested, this, [this, authorities] {
        showScreen(ScreenId::Authorities);
        authorities->showAdd();
    });
    connect(&m_navigator, &Navigator::rulesRequested, this,
            [this, authorities](const QString& authorityId, const QString& accountId) {
                showScreen(ScreenId::Authorities);
                authorities->showRules(authorityId, accountId);
            });
    connect(&m_navigator, &Navigator::persistRecordRequested, this,
            [this, accounts](const QString& accountId, const QString& name) {
                showScreen(ScreenId::Accounts);
                accounts->showRecord(accountId, name);
            });
    connect(&m_navigator, &Navigator::practiceRequested, this, &MainWindow::startPractice);
    connect(&m_navigator, &Navigator::successTold, this, [this](const QString& text) { tellSuccess(text); });
    connect(&m_navigator, &Navigator::errorTold, this,
            [this](const base::Error& error) { m_banner->showError(error); });
}

void MainWindow::enter(bool newInKeyring)
{
    m_doors->setCurrentIndex(1);
    showScreen(static_cast<ScreenId>(m_screens->currentIndex()));
    m_vaultState->setText(tr("Vault open"));
    if (newInKeyring)
        m_banner->showMessage(
            Severity::Neutral,
            tr("The desktop's keyring opens the vault. A passphrase as a second key lets you in where "
               "the keyring is missing."),
            {tr("&Add a passphrase"), [this] { showScreen(ScreenId::Settings); }});
    Q_EMIT vaultOpened();
}

void MainWindow::followVault(lifecycle::VaultStatus status)
{
    m_vaultState->setText(status.operatorOpen ? tr("Vault open") : tr("Vault locked"));
    if (!status.operatorOpen && m_doors->currentIndex() == 1)
        m_gate->askAgain(status);
}

void MainWindow::showScreen(ScreenId id)
{
    m_screens->setCurrentIndex(static_cast<int>(id));
    m_sidebar->setCurrent(id);
    setWindowTitle(tr("%1 – Sealwright").arg(screenTitle(id)));
    if (QWidget* field = currentScreen()->searchField())
        field->setFocus(Qt::OtherFocusReason);
}

Screen* MainWindow::currentScreen() const
{
    return static_cast<Screen*>(m_screens->currentWidget());
}

void MainWindow::startPractice()
{
    if (std::exchange(m_startingPractice, true))
        return;
    m_banner->showMessage(Severity::Working, tr("Starting the practice CA…"));
    m_manager.startPracticeAuthority(this, [this](base::Result<lifecycle::Authority> authority) {
        m_startingPractice = false;
        if (!authority)
            return m_banner->showError(authority.error());
        tellSuccess(tr("The practice CA runs and is listed as “%1”.").arg(authority->name));
        goOnWith(authority->id);
    });
}

void MainWindow::goOnWith(const QString& authorityId)
{
    m_manager.accounts(this, [this, authorityId](base::Result<QList<lifecycle::Account>> accounts) {
        const auto all = accounts.value_or(QList<lifecycle::Account>());
        const bool registered = std::any_of(all.begin(), all.end(), [&](const lifecycle::Account& account) {
            return account.authorityId == authorityId && account.status == lifecycle::Account::Status::Valid;
        });
        if (registered)
            m_navigator.newCertificate(authorityId);
        else
            m_navigator.registerAccount(authorityId);
    });
}

void MainWindow::tellSuccess(const QString& text)
{
    m_banner->showMessage(Severity::Good, text);
    m_successTimer.start(successMillis);
}

void MainWindow::raiseAgain()
{
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    show();
    raise();
    activateWindow();
}

void MainWindow::setTrayAvailable(bool available)
{
    m_trayAvailable = available;
    m_renewalState->setText(available ? tr("Renews in the tray") : tr("Renews while this window is open or minimized"));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    event->ignore();
    const QString key = u"window/closeExplained"_s;
    if (!m_closeExplained && !m_settings.value(key).toBool()) {
        m_closeExplained = true;
        m_settings.setValue(key, true);
        m_banner->showMessage(Severity::Attention,
                              m_trayAvailable
                                  ? tr("Closing keeps Sealwright renewing in the tray. Close again to hide this "
                                       "window, or quit; nothing renews then.")
                                  : tr("There is no tray on this desktop. Closing minimizes the window, so that "
                                       "renewals go on. Close again to minimize, or quit; nothing renews then."),
                              {tr("&Quit"), [this] { Q_EMIT quitRequested(); }});
        return;
    }
    if (m_trayAvailable)
        hide();
    else
        showMinimized();
}

} // namespace ui
