// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/rebinding.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace ui {

class Banner;
class Form;
class WorkRow;

/// Follows an authority whose host, port or provisioner was renamed: asks the new place first, shows which accounts and
/// orders it knows, and changes nothing before the operator agrees.
class RebindPage : public QWidget {
    Q_OBJECT

public:
    explicit RebindPage(Workspace& workspace, QWidget* parent = nullptr);

    void show(const lifecycle::Authority& authority);

Q_SIGNALS:
    void rebound(const lifecycle::RebindPlan& plan);
    void cancelled();

private:
    lifecycle::RebindRequest entered() const;
    void ask();
    void follow();
    void showPlan(const lifecycle::RebindPlan& plan);
    void forgetPlan();
    void showFailure(const base::Error& error);

    Workspace& m_workspace;
    QString m_authorityId;
    QLabel* m_title;
    Form* m_form;
    QLineEdit* m_url;
    QPlainTextEdit* m_roots;
    Banner* m_banner;
    QLabel* m_summary;
    QTreeWidget* m_plan;
    QPushButton* m_ask;
    QPushButton* m_follow;
    WorkRow* m_work;
};

} // namespace ui
