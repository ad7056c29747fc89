// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/request_dialog.h"
#include "ui/common/workspace.h"

class QPushButton;

namespace ui {

class CsrField;

/// Asks for a fresh certificate request and renews with it, where the key is elsewhere.
class FreshCsrDialog : public RequestDialog {
    Q_OBJECT

public:
    FreshCsrDialog(Workspace& workspace, const QString& certificateId, const QStringList& names, QWidget* parent);

Q_SIGNALS:
    void placed(const QString& orderId);

private:
    void renew();

    Workspace& m_workspace;
    QString m_certificateId;
    CsrField* m_csr;
    QPushButton* m_cancel;
    QPushButton* m_renew;
};

} // namespace ui
