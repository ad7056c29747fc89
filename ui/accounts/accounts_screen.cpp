// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/accounts_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/accounts_pane.h"
#include "ui/accounts/credential_form.h"
#include "ui/accounts/credentials_pane.h"
#include "ui/accounts/import_form.h"
#include "ui/accounts/persist_page.h"
#include "ui/accounts/register_form.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/navigator.h"
#include "ui/common/repeated_reading.h"
#include "ui/common/widgets.h"

#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

enum Page { ListPage, RegisterPage, CredentialPage, ImportPage, RecordsPage };

} // namespace

AccountsScreen::AccountsScreen(Workspace& workspace)
    : Screen(workspace)
    , m_pages(new QStackedWidget)
    , m_tabs(new QTabWidget)
    , m_accounts(new AccountsPane(workspace))
    , m_credentials(new CredentialsPane(workspace))
    , m_register(new RegisterForm(workspace))
    , m_credentialForm(new CredentialForm(workspace))
    , m_importForm(new ImportForm(workspace))
    , m_records(new PersistPage(workspace))
    , m_reading(new RepeatedReading([this] { showAll(); }, this))
{
    m_pages->addWidget(makeListPage());
    m_pages->addWidget(m_register);
    m_pages->addWidget(m_credentialForm);
    m_pages->addWidget(m_importForm);
    m_pages->addWidget(new FittingScrollArea(m_records));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_accounts, &AccountsPane::registerWanted, this, [this] { showRegister(QString()); });
    connect(m_accounts, &AccountsPane::importWanted, this, &AccountsScreen::showImport);
    connect(m_accounts, &AccountsPane::changed, this, &AccountsScreen::refresh);
    connect(m_accounts, &AccountsPane::recordsWanted, this,
            [this](const lifecycle::Account& account, const QString& title) {
                m_pages->setCurrentIndex(RecordsPage);
                m_records->show(account, title);
            });
    connect(m_records, &PersistPage::closed, this, [this] { m_pages->setCurrentIndex(ListPage); });
    connect(m_credentials, &CredentialsPane::addWanted, this, [this] { showCredentialForm(QString(), false); });
    connect(m_credentials, &CredentialsPane::changed, this, &AccountsScreen::refresh);
    connectForms();
}

void AccountsScreen::connectForms()
{
    connect(m_register, &RegisterForm::cancelled, this, [this] { m_pages->setCurrentIndex(ListPage); });
    connect(m_register, &RegisterForm::credentialWanted, this,
            [this](const QString& authorityId) { showCredentialForm(authorityId, true); });
    connect(m_register, &RegisterForm::registered, this, [this](const lifecycle::Account& account) {
        m_pages->setCurrentIndex(ListPage);
        navigator().tell(tr("The account with “%1” is registered.").arg(m_book.authorityName(account.authorityId)));
        navigator().newCertificate(account.authorityId);
    });
    connect(m_credentialForm, &CredentialForm::cancelled, this,
            [this] { m_pages->setCurrentIndex(m_backToRegister ? RegisterPage : ListPage); });
    connect(m_credentialForm, &CredentialForm::added, this, &AccountsScreen::credentialAdded);
    connect(m_importForm, &ImportForm::cancelled, this, [this] { m_pages->setCurrentIndex(ListPage); });
    connect(m_importForm, &ImportForm::imported, this, [this](int accounts) {
        m_pages->setCurrentIndex(ListPage);
        navigator().tell(tr("%n account(s) imported.", nullptr, accounts));
        refresh();
    });
}

QWidget* AccountsScreen::makeListPage()
{
    m_tabs->setObjectName(u"accountTabs"_s);
    m_tabs->setAccessibleName(tr("Accounts and EAB credentials"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(new FittingScrollArea(m_accounts), tr("&Accounts"));
    m_tabs->addTab(m_credentials, tr("&EAB credentials"));
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeTitle(tr("Accounts and EAB")));
    layout->addWidget(m_tabs, 1);
    return page;
}

lifecycle::Changes AccountsScreen::interests() const
{
    return lifecycle::Change::Accounts | lifecycle::Change::Authorities | lifecycle::Change::Solvers;
}

void AccountsScreen::refresh()
{
    if (m_pages->currentIndex() == RecordsPage)
        m_records->refresh();
    m_reading->begin();
}

void AccountsScreen::showAll()
{
    readAll([this] {
        m_accounts->show(m_book);
        m_credentials->show(m_book);
        m_reading->ended();
    });
}

void AccountsScreen::readAll(std::function<void()> then)
{
    manager().authorities(this, [this, then](base::Result<QList<lifecycle::Authority>> authorities) {
        m_book.authorities = authorities.value_or(QList<lifecycle::Authority>());
        readAccounts(then);
    });
}

void AccountsScreen::readAccounts(std::function<void()> then)
{
    manager().accounts(this, [this, then](base::Result<QList<lifecycle::Account>> accounts) {
        m_book.accounts = accounts.value_or(QList<lifecycle::Account>());
        manager().credentials(this, [this, then](base::Result<QList<lifecycle::EabCredential>> credentials) {
            if (!credentials)
                m_credentials->showError(credentials.error());
            m_book.credentials = credentials.value_or(QList<lifecycle::EabCredential>());
            then();
        });
    });
}

void AccountsScreen::showRegister(const QString& authorityId)
{
    readAll([this, authorityId] {
        m_pages->setCurrentIndex(RegisterPage);
        m_register->begin(m_book.authorities, m_book.credentials, authorityId);
    });
}

void AccountsScreen::showRecord(const QString& accountId, const QString& name)
{
    readAll([this, accountId, name] {
        m_accounts->show(m_book);
        m_tabs->setCurrentIndex(0);
        m_pages->setCurrentIndex(ListPage);
        for (const lifecycle::Account& account : std::as_const(m_book.accounts))
            if (account.id == accountId) {
                m_pages->setCurrentIndex(RecordsPage);
                m_records->show(account, m_book.accountName(accountId), name);
            }
    });
}

void AccountsScreen::showImport()
{
    readAll([this] {
        m_pages->setCurrentIndex(ImportPage);
        m_importForm->begin(m_book.authorities);
    });
}

void AccountsScreen::showCredentialForm(const QString& authorityId, bool backToRegister)
{
    m_backToRegister = backToRegister;
    m_pages->setCurrentIndex(CredentialPage);
    m_credentialForm->begin(m_book.authorities, authorityId);
}

void AccountsScreen::credentialAdded(const lifecycle::EabCredential& credential)
{
    m_pages->setCurrentIndex(m_backToRegister ? RegisterPage : ListPage);
    readAll([this, id = credential.id] {
        m_credentials->show(m_book);
        if (m_backToRegister)
            m_register->updateCredentials(m_book.credentials, id);
    });
    navigator().tell(tr("The credential is in the vault."));
}

} // namespace ui
