// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QPushButton;
class QTreeWidget;

namespace ui {

class Banner;

/// The EAB credentials and who used them.
class CredentialsPane : public QWidget {
    Q_OBJECT

public:
    explicit CredentialsPane(Workspace& workspace, QWidget* parent = nullptr);

    void show(const AccountBook& book);
    void showError(const base::Error& error);

Q_SIGNALS:
    void addWanted();
    /// Something about a credential is no longer as it was read.
    void changed();

private:
    QWidget* makeButtons();
    void removeCredential();

    Workspace& m_workspace;
    QTreeWidget* m_list;
    QPushButton* m_remove;
    Banner* m_banner;
};

} // namespace ui
