// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account_orders.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <optional>
#include <stop_token>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace base {
class Error;
}

namespace ui {

/// The orders that the authority lists for an account, read part by part as somebody asks for more.
class AccountOrdersList : public QWidget {
    Q_OBJECT

public:
    explicit AccountOrdersList(Workspace& workspace, QWidget* parent = nullptr);
    /// Reads the first part.
    void begin(const QString& accountId);
    /// Stops what is being read.
    void abandon();

Q_SIGNALS:
    void closed();

private:
    void read(const lifecycle::AccountOrderCursor& from);
    void append(const lifecycle::AccountOrderPage& page);
    void failed(const base::Error& error);

    Workspace& m_workspace;
    QString m_accountId;
    QTreeWidget* m_list;
    QLabel* m_words;
    QPushButton* m_more;
    std::optional<lifecycle::AccountOrderCursor> m_next;
    std::stop_source m_stop;
};

} // namespace ui
