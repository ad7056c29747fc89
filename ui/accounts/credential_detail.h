// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/authority.h"
#include "ui/common/workspace.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class Banner;
class Facts;
class Form;

/// One credential: what became of it, and what is written about it, which can be changed in place.
class CredentialDetail : public QFrame {
    Q_OBJECT

public:
    explicit CredentialDetail(Workspace& workspace, QWidget* parent = nullptr);

    /// `accountName` is that of the account that has it. What is being edited stays, unless it is another credential.
    void show(const lifecycle::EabCredential& credential, const lifecycle::Authority& authority,
              const QString& accountName);

Q_SIGNALS:
    void changed();

private:
    QWidget* makeFields();
    QWidget* makeButtons();
    void fill();
    void save();
    void toggleSpent();
    void answered(const base::Result<lifecycle::EabCredential>& reply);

    Workspace& m_workspace;
    lifecycle::EabCredential m_credential;
    QLabel* m_title;
    Banner* m_banner;
    Facts* m_facts;
    Form* m_form;
    QLineEdit* m_owner;
    QLineEdit* m_host;
    QLineEdit* m_label;
    QLineEdit* m_expires;
    QLineEdit* m_contact;
    QPushButton* m_save;
    QPushButton* m_spent;
};

} // namespace ui
