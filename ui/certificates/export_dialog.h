// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/certificates.h"
#include "ui/common/request_dialog.h"
#include "ui/common/workspace.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class Form;
class VersionBox;

/// Writes a certificate to a file in a format of the operator's choice.
class ExportDialog : public RequestDialog {
    Q_OBJECT

public:
    ExportDialog(Workspace& workspace, const lifecycle::CertificateRow& certificate, QWidget* parent);

Q_SIGNALS:
    void exported(const QString& path);

private:
    void buildForm();
    void buildLayout();
    void fillFormats(bool withKey);
    void showVersion();
    void showFormat();
    void browse();
    void submit(bool overwrite);
    void answered(base::Result<void> done);
    bool acceptable();
    bool wantsPassword() const;
    exchange::ExportFormat format() const;

    Workspace& m_workspace;
    QString m_certificateId;
    QString m_name;
    QString m_path;
    Form* m_form;
    VersionBox* m_version;
    QComboBox* m_format;
    QLineEdit* m_file;
    QString m_proposedFile; ///< what the file field says unless somebody typed into it
    QLineEdit* m_password;
    QLineEdit* m_repeat;
    QCheckBox* m_unencrypted;
    QPushButton* m_cancel;
    QPushButton* m_export;
};

} // namespace ui
