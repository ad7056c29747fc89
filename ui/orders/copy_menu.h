// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"
#include "ui/common/workspace.h"

#include <QMenu>

#include <optional>

namespace ui {

class OrderHeader;

/// "Copy as": the chosen step, and the whole order, as what a person would type into a shell.
class CopyMenu : public QMenu {
    Q_OBJECT

public:
    /// `header` tells the authority's name and outlives this object.
    CopyMenu(Workspace& workspace, const OrderHeader& header, QWidget* parent = nullptr);

    void showOrder(const lifecycle::OrderRecord& order);
    /// Null where no step is chosen.
    void showStep(const lifecycle::OrderEvent* event);

private:
    void fill();
    void add(const QString& text, const QString& command);
    void findDnsServer();

    Workspace& m_workspace;
    const OrderHeader& m_header;
    lifecycle::OrderRecord m_order;
    QString m_dnsServer; ///< empty until it is known
    std::optional<lifecycle::OrderEvent> m_step;
};

} // namespace ui
