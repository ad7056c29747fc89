// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"
#include "ui/common/request_dialog.h"
#include "ui/common/workspace.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class Form;
class VersionBox;

/// Revokes a certificate, after saying in words what that does.
class RevokeDialog : public RequestDialog {
    Q_OBJECT

public:
    RevokeDialog(Workspace& workspace, const lifecycle::CertificateRow& certificate, QWidget* parent);

Q_SIGNALS:
    /// `current`: the version that counted, and not an older one.
    void revoked(bool current);

private:
    void buildForm();
    void buildLayout();
    void takeVersions();
    void showVersion();
    void showConsequences();
    bool isAboutCurrent() const;
    void submit();

    Workspace& m_workspace;
    lifecycle::CertificateRow m_certificate;
    Form* m_form;
    VersionBox* m_version;
    QComboBox* m_reason;
    QLineEdit* m_note;
    QComboBox* m_signer;
    QLabel* m_consequences;
    QPushButton* m_keep;
    QPushButton* m_revoke;
};

} // namespace ui
