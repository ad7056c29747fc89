// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/accounts_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/credential_form.h"
#include "ui/accounts/register_form.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/key_type_text.h"
#include "ui/common/navigator.h"
#include "ui/common/remembered_header.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int IdRole = Qt::UserRole;

enum Page { ListPage, RegisterPage, CredentialPage };

QTreeWidget* makeList(const QString& objectName, const QString& accessibleName, const QStringList& headers)
{
    auto* list = new QTreeWidget;
    prepareList(list, objectName, accessibleName);
    list->setHeaderLabels(headers);
    list->setSortingEnabled(true);
    list->sortByColumn(1, Qt::AscendingOrder);
    return list;
}

QString contactText(QString uri)
{
    return uri.startsWith(u"mailto:"_s) ? uri.mid(7) : uri;
}

QString contactsText(const QStringList& uris)
{
    QStringList texts;
    for (const QString& uri : uris)
        texts += contactText(uri);
    return texts.join(u", "_s);
}

QString currentId(const QTreeWidget* list)
{
    const QTreeWidgetItem* item = list->currentItem();
    return item ? item->data(0, IdRole).toString() : QString();
}

} // namespace

AccountsScreen::AccountsScreen(Workspace& workspace)
    : Screen(workspace)
    , m_pages(new QStackedWidget)
    , m_accountList(makeList(u"accountList"_s, tr("Accounts"),
                             {tr("State"), tr("Authority"), tr("Contact"), tr("Key"), tr("EAB"), tr("Last used")}))
    , m_credentialList(makeList(u"credentialList"_s, tr("EAB credentials"),
                                {tr("State"), tr("Authority"), tr("Label"), tr("Key identifier"), tr("Algorithm"),
                                 tr("Used by"), tr("When")}))
    , m_banner(new Banner(u"accountsBanner"_s))
    , m_register(new RegisterForm(workspace))
    , m_credentialForm(new CredentialForm(workspace))
{
    rememberHeader(m_accountList, settings(), {120, 150, 165, 100, 100, 130});
    rememberHeader(m_credentialList, settings(), {115, 130, 100, 115, 75, 120, 110});
    m_pages->addWidget(makeListPage());
    m_pages->addWidget(m_register);
    m_pages->addWidget(m_credentialForm);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_register, &RegisterForm::cancelled, this, [this] { m_pages->setCurrentIndex(ListPage); });
    connect(m_register, &RegisterForm::credentialWanted, this,
            [this](const QString& authorityId) { showCredentialForm(authorityId, true); });
    connect(m_register, &RegisterForm::registered, this, [this](const lifecycle::Account& account) {
        m_pages->setCurrentIndex(ListPage);
        navigator().tell(tr("The account with “%1” is registered.").arg(authorityName(account.authorityId)));
        navigator().newCertificate(account.authorityId);
    });
    connect(m_credentialForm, &CredentialForm::cancelled, this,
            [this] { m_pages->setCurrentIndex(m_backToRegister ? RegisterPage : ListPage); });
    connect(m_credentialForm, &CredentialForm::added, this, &AccountsScreen::credentialAdded);
}

QWidget* AccountsScreen::makeListPage()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeTitle(tr("Accounts and EAB")));
    layout->addWidget(m_banner);
    layout->addWidget(makeAccountButtons());
    layout->addWidget(m_accountList, 1);
    layout->addSpacing(6);
    layout->addWidget(makeCredentialButtons());
    layout->addWidget(m_credentialList, 1);
    return page;
}

QWidget* AccountsScreen::makeAccountButtons()
{
    auto* row = new QWidget;
    QPushButton* add = makeButton(tr("&Register account"), u"registerAccountButton"_s, u"add"_s);
    m_resume = makeButton(tr("As&k again"), u"resumeAccountButton"_s, u"resume"_s);
    m_resume->setToolTip(tr("Asks the authority again about an account whose registration has no known outcome."));
    m_resume->setEnabled(false);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeHeading(tr("Accounts")), 1);
    layout->addWidget(m_resume);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, [this] { showRegister(QString()); });
    connect(m_resume, &QPushButton::clicked, this, &AccountsScreen::resumeAccount);
    connect(m_accountList, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem* item) { m_resume->setEnabled(item && item->data(1, IdRole).toBool()); });
    return row;
}

QWidget* AccountsScreen::makeCredentialButtons()
{
    auto* row = new QWidget;
    QPushButton* add = makeButton(tr("Add &credential"), u"addCredentialButton"_s, u"add"_s);
    m_removeCredential = makeButton(tr("Re&move"), u"removeCredentialButton"_s, u"remove"_s);
    m_removeCredential->setAccessibleName(tr("Remove credential"));
    m_removeCredential->setEnabled(false);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeHeading(tr("EAB credentials")), 1);
    layout->addWidget(m_removeCredential);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, [this] { showCredentialForm(QString(), false); });
    connect(m_removeCredential, &QPushButton::clicked, this, &AccountsScreen::removeCredential);
    connect(m_credentialList, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem* item) { m_removeCredential->setEnabled(item != nullptr); });
    return row;
}

lifecycle::Changes AccountsScreen::interests() const
{
    return lifecycle::Change::Accounts | lifecycle::Change::Authorities;
}

void AccountsScreen::refresh()
{
    readAll([this] {
        fillAccounts();
        fillCredentials();
    });
}

void AccountsScreen::readAll(std::function<void()> then)
{
    manager().authorities(this, [this, then](base::Result<QList<lifecycle::Authority>> authorities) {
        m_authorities = authorities.value_or(QList<lifecycle::Authority>());
        readAccounts(then);
    });
}

void AccountsScreen::readAccounts(std::function<void()> then)
{
    manager().accounts(this, [this, then](base::Result<QList<lifecycle::Account>> accounts) {
        m_accounts = accounts.value_or(QList<lifecycle::Account>());
        manager().credentials(this, [this, then](base::Result<QList<lifecycle::EabCredential>> credentials) {
            if (!credentials)
                m_banner->showError(credentials.error());
            m_credentials = credentials.value_or(QList<lifecycle::EabCredential>());
            then();
        });
    });
}

void AccountsScreen::showRegister(const QString& authorityId)
{
    readAll([this, authorityId] {
        m_pages->setCurrentIndex(RegisterPage);
        m_register->begin(m_authorities, m_credentials, authorityId);
    });
}

void AccountsScreen::showCredentialForm(const QString& authorityId, bool backToRegister)
{
    m_backToRegister = backToRegister;
    m_pages->setCurrentIndex(CredentialPage);
    m_credentialForm->begin(m_authorities, authorityId);
}

void AccountsScreen::credentialAdded(const lifecycle::EabCredential& credential)
{
    m_pages->setCurrentIndex(m_backToRegister ? RegisterPage : ListPage);
    readAll([this, id = credential.id] {
        fillCredentials();
        if (m_backToRegister)
            m_register->updateCredentials(m_credentials, id);
    });
    navigator().tell(tr("The credential is in the vault."));
}

void AccountsScreen::fillAccounts()
{
    m_accountList->clear();
    for (const lifecycle::Account& account : m_accounts) {
        const Status status = statusOf(account.status);
        auto* item = new QTreeWidgetItem(m_accountList,
                                         {status.word, authorityName(account.authorityId),
                                          contactsText(account.contacts), keyTypeText(account.keyType),
                                          credentialKid(account.eabCredentialId), localTime(account.lastUsedAt)});
        item->setIcon(0, status.icon());
        item->setData(0, IdRole, account.id);
        item->setData(1, IdRole, account.status == lifecycle::Account::Status::Pending);
        item->setToolTip(1, account.url.toString());
        item->setToolTip(3, tr("Thumbprint %1").arg(account.keyThumbprint));
        item->setToolTip(5, utcTime(account.lastUsedAt));
    }
}

void AccountsScreen::fillCredentials()
{
    m_credentialList->clear();
    for (const lifecycle::EabCredential& credential : m_credentials) {
        const Status status = statusOf(credential.state);
        auto* item = new QTreeWidgetItem(m_credentialList,
                                         {status.word, authorityName(credential.authorityId), credential.label,
                                          credential.kid, credential.algorithm, accountName(credential.accountId),
                                          localTime(credential.boundAt)});
        item->setIcon(0, status.icon());
        item->setData(0, IdRole, credential.id);
        item->setToolTip(6, utcTime(credential.boundAt));
    }
}

void AccountsScreen::resumeAccount()
{
    m_banner->showMessage(Severity::Working, tr("Asking the authority about the account…"));
    manager().resumeAccount(currentId(m_accountList), this, [this](base::Result<lifecycle::Account> account) {
        if (!account)
            return m_banner->showError(account.error());
        m_banner->showMessage(Severity::Good, tr("The authority confirmed the account."));
        refresh();
    });
}

void AccountsScreen::removeCredential()
{
    const QTreeWidgetItem* item = m_credentialList->currentItem();
    if (!item)
        return;
    m_banner->showMessage(Severity::Attention,
                          tr("The credential “%1” and its key will be forgotten.").arg(item->text(3)),
                          {tr("&Remove it"), [this, id = currentId(m_credentialList)] {
                               manager().removeCredential(id, this, [this](base::Result<void> removed) {
                                   if (!removed)
                                       m_banner->showError(removed.error());
                                   refresh();
                               });
                           }});
}

QString AccountsScreen::authorityName(const QString& id) const
{
    for (const lifecycle::Authority& authority : m_authorities)
        if (authority.id == id)
            return authority.name;
    return id;
}

QString AccountsScreen::accountName(const QString& id) const
{
    for (const lifecycle::Account& account : m_accounts)
        if (account.id == id)
            return account.contacts.isEmpty() ? account.url.fileName() : contactsText(account.contacts);
    return QString();
}

QString AccountsScreen::credentialKid(const QString& id) const
{
    for (const lifecycle::EabCredential& credential : m_credentials)
        if (credential.id == id)
            return credential.kid;
    return id.isEmpty() ? tr("None") : id;
}

} // namespace ui
