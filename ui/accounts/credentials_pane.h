// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace ui {

class Banner;
class BulkRegistrationPage;
class CredentialDetail;
class CredentialFilter;
class CredentialImportPage;
class CredentialListModel;

/// The inventory of EAB credentials: the list with its details, the import, and registering with many.
class CredentialsPane : public QWidget {
    Q_OBJECT

public:
    explicit CredentialsPane(Workspace& workspace, QWidget* parent = nullptr);

    void show(const AccountBook& book);
    void showError(const base::Error& error);
    /// Shows the file as it would be imported.
    void importFile(const QString& path);

Q_SIGNALS:
    void addWanted();
    /// Something about a credential is no longer as it was read.
    void changed();

private:
    QWidget* makeListPage();
    QWidget* makeSearch();
    QWidget* makeButtons();
    QWidget* makeLists();
    void connectPages();
    void beginImport();
    void beginRegistering();
    void showCurrent();
    void showCount();
    void removeCredential();
    const lifecycle::EabCredential* current() const;
    /// The chosen credentials, or all that are shown where less than two are chosen.
    QList<lifecycle::EabCredential> wanted() const;

    Workspace& m_workspace;
    AccountBook m_book;
    QStackedWidget* m_pages;
    CredentialListModel* m_model;
    CredentialFilter* m_filter;
    QTreeView* m_list;
    QComboBox* m_state;
    QLabel* m_count;
    CredentialDetail* m_detail;
    CredentialImportPage* m_import;
    BulkRegistrationPage* m_bulk;
    QPushButton* m_remove;
    QPushButton* m_register;
    Banner* m_banner;
};

} // namespace ui
