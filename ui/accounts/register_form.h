// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/accounts.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class Banner;
class Form;
class WorkRow;

/// Registers an account with an authority.
class RegisterForm : public QWidget {
    Q_OBJECT

public:
    explicit RegisterForm(Workspace& workspace, QWidget* parent = nullptr);

    void begin(const QList<lifecycle::Authority>& authorities, const QList<lifecycle::EabCredential>& credentials,
               const QString& authorityId);
    /// Takes over the credentials, and chooses the one that was just added.
    void updateCredentials(const QList<lifecycle::EabCredential>& credentials, const QString& chosenId);
    QString authorityId() const;

Q_SIGNALS:
    void registered(const lifecycle::Account& account);
    void credentialWanted(const QString& authorityId);
    void cancelled();

private:
    QWidget* makeTerms();
    QWidget* makeCredentialChooser();
    void showAuthority();
    void fillCredentials();
    void submit();
    const lifecycle::Authority* chosenAuthority() const;

    Workspace& m_workspace;
    QList<lifecycle::Authority> m_authorities;
    QList<lifecycle::EabCredential> m_credentials;
    Form* m_form;
    Banner* m_banner;
    QComboBox* m_authority;
    QLineEdit* m_contacts;
    QComboBox* m_keyType;
    QComboBox* m_credential;
    QCheckBox* m_terms;
    QLabel* m_termsLink;
    QPushButton* m_register;
    WorkRow* m_work;
};

} // namespace ui
