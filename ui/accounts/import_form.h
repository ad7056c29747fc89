// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account_imports.h"
#include "lifecycle/authority.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace ui {

class Banner;
class Form;
class WorkRow;

/// Takes over accounts of another client: shows what was found, and imports what is ticked.
class ImportForm : public QWidget {
    Q_OBJECT

public:
    explicit ImportForm(Workspace& workspace, QWidget* parent = nullptr);
    void begin(const QList<lifecycle::Authority>& authorities);

Q_SIGNALS:
    void imported(int accounts);
    void cancelled();

private:
    QWidget* makePathChooser();
    void browse(bool folder);
    void forgetFound();
    lifecycle::AccountImport wanted() const;
    void look();
    void import();
    void show(const QList<lifecycle::ImportedAccount>& accounts);
    void conclude(const QList<lifecycle::ImportedAccount>& accounts);
    void noteTicks();
    void failed(const base::Error& error);

    Workspace& m_workspace;
    Form* m_form;
    Banner* m_banner;
    QComboBox* m_authority;
    QLineEdit* m_path;
    QComboBox* m_format;
    QTreeWidget* m_found;
    QPushButton* m_look;
    QPushButton* m_import;
    WorkRow* m_work;
};

} // namespace ui
