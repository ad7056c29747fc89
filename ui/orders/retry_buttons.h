// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_retrying.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QPushButton;

namespace ui {

class Banner;

/// Orders again what an order did not get: all of its names, those that failed, or those that did not.
class RetryButtons : public QWidget {
    Q_OBJECT

public:
    /// `banner` is the page's and outlives this object.
    RetryButtons(Workspace& workspace, Banner& banner, QWidget* parent = nullptr);

    /// Shows the choices that there are; none for an order that runs or has its certificate.
    void showOrder(const lifecycle::OrderRecord& order, const QList<lifecycle::OrderEvent>& events);
    /// Before anything is known about the order.
    void clear();

private:
    void askOnlyFailed();
    void askWithoutFailed();
    void retry(lifecycle::RetriedNames which);

    Workspace& m_workspace;
    Banner& m_banner;
    QPushButton* m_retry;
    QPushButton* m_only;
    QPushButton* m_without;
    QString m_orderId; ///< empty before anything is known about it
    QString m_names; ///< for reading
    lifecycle::NameOutcomes m_outcomes;
};

} // namespace ui
