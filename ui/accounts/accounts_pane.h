// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLabel;
class QTreeView;

namespace ui {

class AccountDetail;
class AccountFilter;
class AccountListModel;

/// The accounts, and beside them what is known about the chosen one.
class AccountsPane : public QWidget {
    Q_OBJECT

public:
    explicit AccountsPane(Workspace& workspace, QWidget* parent = nullptr);

    void show(const AccountBook& book);

Q_SIGNALS:
    void registerWanted();
    void importWanted();
    /// Something about an account is no longer as it was read.
    void changed();
    void recordsWanted(const lifecycle::Account& account, const QString& title);

private:
    QWidget* makeButtons();
    /// Null where none is chosen.
    const lifecycle::Account* current() const;
    void showCurrent();
    void showCount();

    AccountBook m_book;
    AccountListModel* m_model;
    AccountFilter* m_filter;
    QTreeView* m_list;
    QLabel* m_count;
    AccountDetail* m_detail;
};

} // namespace ui
