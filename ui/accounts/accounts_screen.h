// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/authority.h"
#include "ui/common/screen.h"

#include <functional>

class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace ui {

class Banner;
class CredentialForm;
class RegisterForm;

/// Accounts and the EAB credentials they are bound with.
class AccountsScreen : public Screen {
    Q_OBJECT

public:
    explicit AccountsScreen(Workspace& workspace);

    void refresh() override;
    lifecycle::Changes interests() const override;
    /// The form for a new account, with the authority chosen.
    void showRegister(const QString& authorityId);

private:
    QWidget* makeListPage();
    QWidget* makeAccountButtons();
    QWidget* makeCredentialButtons();
    void readAll(std::function<void()> then);
    void readAccounts(std::function<void()> then);
    void fillAccounts();
    void fillCredentials();
    void showCredentialForm(const QString& authorityId, bool backToRegister);
    void credentialAdded(const lifecycle::EabCredential& credential);
    void resumeAccount();
    void removeCredential();
    QString authorityName(const QString& id) const;
    QString accountName(const QString& id) const;
    QString credentialKid(const QString& id) const;

    QList<lifecycle::Authority> m_authorities;
    QList<lifecycle::Account> m_accounts;
    QList<lifecycle::EabCredential> m_credentials;
    QStackedWidget* m_pages;
    QTreeWidget* m_accountList;
    QTreeWidget* m_credentialList;
    QPushButton* m_resume;
    QPushButton* m_removeCredential;
    Banner* m_banner;
    RegisterForm* m_register;
    CredentialForm* m_credentialForm;
    bool m_backToRegister = false;
};

} // namespace ui
