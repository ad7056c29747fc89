// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/banner.h"
#include "ui/common/workspace.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace ui {

class AccountOrdersList;
class ContactsForm;
class Facts;
class KeyChangeForm;

/// One account: what is known about it, and what can be done with it.
class AccountDetail : public QFrame {
    Q_OBJECT

public:
    explicit AccountDetail(Workspace& workspace, QWidget* parent = nullptr);

    /// Shows the account; what was begun for another one ends.
    void show(const AccountBook& book, const lifecycle::Account& account);

Q_SIGNALS:
    /// Something about the account is no longer as it was read.
    void changed();
    /// The records that prove every order of the account shown, under the title it is shown with.
    void recordsWanted(const lifecycle::Account& account, const QString& title);

private:
    QWidget* makeButtons();
    QWidget* makeFacts();
    QWidget* makeTerms();
    void fill(const AccountBook& book);
    void showTerms(const AccountBook& book);
    void showPage(int page);
    void tell(Severity severity, const QString& words, const Banner::Action& action = {});
    void finish(const QString& words);
    void resume();
    void find();
    void agree();
    void confirmDeactivation();
    void offerDeactivation(const lifecycle::AccountDependents& dependents);
    void deactivate();
    using AccountReply = std::function<void(const base::Result<lifecycle::Account>&)>;
    /// Tells what the account that is shown now was asked for, where it is still shown then.
    AccountReply reporting(const QString& words);

    Workspace& m_workspace;
    lifecycle::Account m_account;
    QUrl m_newTerms;
    QLabel* m_title;
    QPushButton* m_resume;
    QPushButton* m_contacts;
    QPushButton* m_key;
    QPushButton* m_orders;
    QPushButton* m_find;
    QPushButton* m_deactivate;
    QPushButton* m_rules;
    QPushButton* m_records;
    Banner* m_banner;
    QStackedWidget* m_pages;
    QScrollArea* m_factsArea = nullptr;
    Facts* m_facts;
    QWidget* m_terms = nullptr;
    QLabel* m_termsText = nullptr;
    ContactsForm* m_contactsForm;
    KeyChangeForm* m_keyForm;
    AccountOrdersList* m_orderList;
};

} // namespace ui
