// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/accounts.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLabel;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class Banner;
class Form;

/// Stores an EAB credential. Where its key looks encoded once more, the question stands in the form itself.
class CredentialForm : public QWidget {
    Q_OBJECT

public:
    explicit CredentialForm(Workspace& workspace, QWidget* parent = nullptr);
    void begin(const QList<lifecycle::Authority>& authorities, const QString& authorityId);

Q_SIGNALS:
    void added(const lifecycle::EabCredential& credential);
    void cancelled();

private:
    QWidget* makeButtons();
    QWidget* makeQuestion();
    void add(std::optional<bool> decodeOnceMore);
    void answered(base::Result<lifecycle::EabAdded> reply);
    /// What the chosen authority does with its credentials.
    void showRules();

    Workspace& m_workspace;
    QList<lifecycle::Authority> m_authorities;
    Form* m_form;
    Banner* m_banner;
    QComboBox* m_authority;
    QLineEdit* m_kid;
    QLineEdit* m_key;
    QComboBox* m_algorithm;
    QLineEdit* m_label;
    QLineEdit* m_owner;
    QLineEdit* m_host;
    QLineEdit* m_expires;
    QWidget* m_question;
    QLabel* m_questionText;
    QPushButton* m_add;
};

} // namespace ui
