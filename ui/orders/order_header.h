// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/orders.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLabel;

namespace ui {

class OrderProgressModel;

/// What an order is and how far it has come: names, state, authority, account, deadline.
class OrderHeader : public QWidget {
    Q_OBJECT

public:
    /// `progress` tells how many names are proved and outlives this object.
    OrderHeader(Workspace& workspace, const OrderProgressModel& progress, QWidget* parent = nullptr);

    /// Before anything is known about the order.
    void clear();
    /// Only the record and whether it runs are looked at.
    void showOrder(const lifecycle::OrderDetails& order);
    void showHowFar();
    /// Empty until it is known.
    const QString& authorityName() const { return m_authorityName; }

Q_SIGNALS:
    void backWanted();

private:
    void nameAuthority();
    void nameAccount();
    void showFacts();

    Workspace& m_workspace;
    const OrderProgressModel& m_progress;
    lifecycle::OrderRecord m_record;
    bool m_running = false;
    QString m_authorityName;
    QString m_accountName;
    QLabel* m_title;
    QLabel* m_state;
    QLabel* m_stateIcon;
    QLabel* m_facts;
    QLabel* m_howFar; ///< names proved, and what is waited for
};

} // namespace ui
