// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/issuance_policies.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace ui {

class Banner;
class Form;

/// The rules about names of one authority and of each account there, and what the authority refused. Edited in place.
class PolicyEditor : public QWidget {
    Q_OBJECT

public:
    explicit PolicyEditor(Workspace& workspace, QWidget* parent = nullptr);

    /// Reads and shows the rules of an authority; `accountId` chooses those of one account, else those chosen last
    /// stay. What is being edited is kept where the same ones are shown again.
    void show(const QString& authorityId, const QString& accountId = QString());
    /// Puts the cursor into the allowed names. No focus proxy does: it would hide what stands before them from Tab.
    void beginWithRules();

private:
    void read();
    void take(const lifecycle::PolicyOverview& overview);
    void fillAccounts(const QList<lifecycle::Account>& accounts);
    void fillRules();
    void fillRefusals();
    void save();
    void takeEdited(bool edited);
    QString accountName(const QString& id) const;

    Workspace& m_workspace;
    QString m_authorityId;
    QString m_accountId; ///< whose rules are shown; empty: those for every account
    QList<lifecycle::Account> m_accounts;
    lifecycle::PolicyOverview m_overview;
    Form* m_form;
    QComboBox* m_account;
    QPlainTextEdit* m_allowed;
    QPlainTextEdit* m_denied;
    Banner* m_banner;
    QPushButton* m_save;
    QLabel* m_refusalsTitle;
    QTreeWidget* m_refusals;
};

} // namespace ui
