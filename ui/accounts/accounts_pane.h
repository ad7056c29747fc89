// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QTreeWidget;

namespace ui {

class AccountDetail;

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
    void addLine(const lifecycle::Account& account);
    void showCurrent();

    AccountBook m_book;
    QTreeWidget* m_list;
    AccountDetail* m_detail;
};

} // namespace ui
