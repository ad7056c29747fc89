// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "lifecycle/account.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace ui {

class Banner;
class Form;
class WorkRow;

/// A form that asks an authority for a change of one account: fields, what went wrong, and what runs.
class AccountForm : public QWidget {
    Q_OBJECT

public:
    /// Is about this account from now on; what ran for another one stops.
    virtual void begin(const lifecycle::Account& account);
    /// Stops what runs.
    void abandon();

Q_SIGNALS:
    void done(const QString& words);
    void cancelled();

protected:
    /// The banner and the cancel button have `name` before their kind as object name.
    AccountForm(Workspace& workspace, const QString& name, QWidget* parent);

    /// The lowest row; call it once.
    void addActions(const QList<QPushButton*>& actions);
    /// Takes away what earlier tries left.
    void clear();
    /// Shows the error at its field, else in the banner.
    void showFailure(const base::Error& error);

    Workspace& m_workspace;
    QString m_accountId;
    Form* m_form;
    Banner* m_banner;
    WorkRow* m_work = nullptr;
    QVBoxLayout* m_layout;

private:
    QString m_name;
};

} // namespace ui
