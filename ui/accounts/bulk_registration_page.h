// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "lifecycle/bulk_registration.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace ui {

class Banner;
class Form;
class WorkRow;

/// Registers an account with each of many credentials, and shows what was bound and what failed.
class BulkRegistrationPage : public QWidget {
    Q_OBJECT

public:
    explicit BulkRegistrationPage(Workspace& workspace, QWidget* parent = nullptr);

    /// For these credentials; the authorities are those that they belong to.
    void begin(const QList<lifecycle::EabCredential>& credentials, const QList<lifecycle::Authority>& authorities);

Q_SIGNALS:
    void left();
    /// Something about credentials or accounts is no longer as it was read.
    void changed();

private:
    QWidget* makeForm();
    void start();
    void take(const base::Result<QList<lifecycle::BulkRegistrationOutcome>>& outcomes);
    void showOutcomes(const QList<lifecycle::BulkRegistrationOutcome>& outcomes);
    QString authorityName(const QString& id) const;

    Workspace& m_workspace;
    QStringList m_ids;
    QList<lifecycle::Authority> m_authorities;
    QLabel* m_summary;
    Form* m_form;
    QLineEdit* m_contacts;
    QCheckBox* m_terms;
    QProgressBar* m_progress;
    QTreeWidget* m_list;
    Banner* m_banner;
    QPushButton* m_start;
    WorkRow* m_work;
};

} // namespace ui
