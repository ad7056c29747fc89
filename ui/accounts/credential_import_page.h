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
    /// Reads the file, which may be asked for again once its keys have been decided about.
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
    void leave();

    Workspace& m_workspace;
    QString m_path;
    lifecycle::CredentialFile m_file;
    lifecycle::CredentialImportPreview m_preview;
    QComboBox* m_authority;
    QLabel* m_summary;
    QTreeWidget* m_list;
    Banner* m_banner;
    QWidget* m_question;
    QPushButton* m_accept;
};

} // namespace ui
