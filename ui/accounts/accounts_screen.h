// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/screen.h"

#include <functional>

class QStackedWidget;
class QTabWidget;

namespace ui {

class AccountsPane;
class CredentialForm;
class CredentialsPane;
class ImportForm;
class PersistPage;
class RegisterForm;
class RepeatedReading;

/// Accounts and the EAB credentials they are bound with, each on a tab of its own, and the forms that add one.
class AccountsScreen : public Screen {
    Q_OBJECT

public:
    explicit AccountsScreen(Workspace& workspace);

    void refresh() override;
    lifecycle::Changes interests() const override;
    /// The form for a new account, with the authority chosen.
    void showRegister(const QString& authorityId);
    /// The persistent records of an account, with the one of `name` selected.
    void showRecord(const QString& accountId, const QString& name);

private:
    QWidget* makeListPage();
    void connectForms();
    void showAll();
    void readAll(std::function<void()> then);
    void readAccounts(std::function<void()> then);
    void showImport();
    void showCredentialForm(const QString& authorityId, bool backToRegister);
    void credentialAdded(const lifecycle::EabCredential& credential);

    AccountBook m_book;
    QStackedWidget* m_pages;
    QTabWidget* m_tabs;
    AccountsPane* m_accounts;
    CredentialsPane* m_credentials;
    RegisterForm* m_register;
    CredentialForm* m_credentialForm;
    ImportForm* m_importForm;
    PersistPage* m_records;
    RepeatedReading* m_reading;
    bool m_backToRegister = false;
};

} // namespace ui
