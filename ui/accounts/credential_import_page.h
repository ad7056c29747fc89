// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/credential_import.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace ui {

class Banner;

/// Imports credentials from a CSV file: first what each line would do, then all of them at once.
class CredentialImportPage : public QWidget {
    Q_OBJECT

public:
    explicit CredentialImportPage(Workspace& workspace, QWidget* parent = nullptr);

    void begin(const QList<lifecycle::Authority>& authorities);
    /// Shows what importing the file would do. It is read again at every question about it, and never kept here.
    void open(const QString& path);

Q_SIGNALS:
    void imported();
    void left();

private:
    QWidget* makeTop();
    QWidget* makeQuestion();
    QWidget* makeButtons();
    void choose();
    void preview();
    void take(base::Result<lifecycle::CredentialImportPreview> preview);
    void showLines();
    void accept();
    /// Forgets the file and the keys that were read from it.
    void forget();
    void leave();

    Workspace& m_workspace;
    lifecycle::CredentialFile m_file;
    lifecycle::CredentialImportPreview m_preview;
    int m_generation = 0; ///< answers to older questions are dropped
    QComboBox* m_authority;
    QLabel* m_summary;
    QTreeWidget* m_list;
    Banner* m_banner;
    QWidget* m_question;
    QPushButton* m_accept;
};

} // namespace ui
