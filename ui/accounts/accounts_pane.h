// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QPushButton;
class QTreeWidget;

namespace ui {

class Banner;

/// The accounts, and what can be asked about one.
class AccountsPane : public QWidget {
    Q_OBJECT

public:
    explicit AccountsPane(Workspace& workspace, QWidget* parent = nullptr);

    void show(const AccountBook& book);

Q_SIGNALS:
    void registerWanted();
    /// Something about an account is no longer as it was read.
    void changed();

private:
    QWidget* makeButtons();
    void resumeAccount();

    Workspace& m_workspace;
    QTreeWidget* m_list;
    QPushButton* m_resume;
    Banner* m_banner;
};

} // namespace ui
