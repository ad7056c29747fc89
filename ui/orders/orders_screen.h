// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/screen.h"

#include <QTimer>

class QStackedWidget;
class QTreeView;

namespace ui {

class Banner;
class NewCertificateForm;
class OrderListModel;
class OrderPage;

/// The orders, one order as it runs, and the form for a new one.
class OrdersScreen : public Screen {
    Q_OBJECT

public:
    explicit OrdersScreen(Workspace& workspace);

    void refresh() override;
    QWidget* searchField() override;
    lifecycle::Changes interests() const override { return lifecycle::Change::Orders; }
    void showOrder(const QString& id);
    void showNewCertificate(const QString& authorityId);

private:
    QWidget* makeListPage();

    OrderListModel* m_model;
    QStackedWidget* m_pages;
    QStackedWidget* m_lists;
    QTreeView* m_list;
    Banner* m_banner;
    NewCertificateForm* m_form;
    OrderPage* m_page;
    QTimer m_ages; ///< how long ago something was, in the list
};

} // namespace ui
