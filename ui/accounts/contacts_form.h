// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace ui {

class Banner;
class Form;
class WorkRow;

/// Changes the contacts of an account at the authority.
class ContactsForm : public QWidget {
    Q_OBJECT

public:
    explicit ContactsForm(Workspace& workspace, QWidget* parent = nullptr);
    void begin(const lifecycle::Account& account);
    /// Stops what runs.
    void abandon();

Q_SIGNALS:
    void done(const QString& words);
    void cancelled();

private:
    void submit();

    Workspace& m_workspace;
    QString m_accountId;
    Form* m_form;
    Banner* m_banner;
    QLineEdit* m_contacts;
    QPushButton* m_save;
    WorkRow* m_work;
};

} // namespace ui
