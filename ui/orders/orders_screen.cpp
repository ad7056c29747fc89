// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/orders_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/empty_state.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/navigator.h"
#include "ui/common/remembered_header.h"
#include "ui/common/widgets.h"
#include "ui/orders/new_certificate_form.h"
#include "ui/orders/order_list_model.h"
#include "ui/orders/order_page.h"

#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <chrono>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::seconds agesTellAgain(20);

enum Page { ListPage, NewPage, OrderPageIndex };

} // namespace

OrdersScreen::OrdersScreen(Workspace& workspace)
    : Screen(workspace)
    , m_model(new OrderListModel(
          [this](int offset, int limit, QObject* context, OrderListModel::Reply reply) {
              manager().orders(offset, limit, context, std::move(reply));
          },
          this))
    , m_pages(new QStackedWidget)
    , m_lists(new QStackedWidget)
    , m_list(new QTreeView)
    , m_banner(new Banner(u"ordersBanner"_s))
    , m_form(new NewCertificateForm(workspace))
    , m_page(new OrderPage(workspace))
{
    m_pages->addWidget(makeListPage());
    m_pages->addWidget(m_form);
    m_pages->addWidget(new FittingScrollArea(m_page));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_form, &NewCertificateForm::placed, this, &OrdersScreen::showOrder);
    connect(m_form, &NewCertificateForm::cancelled, this, [this] { m_pages->setCurrentIndex(ListPage); });
    connect(m_page, &OrderPage::backWanted, this, [this] {
        m_pages->setCurrentIndex(ListPage);
        m_list->setFocus();
    });
    connect(m_list, &QTreeView::activated, this,
            [this](const QModelIndex& index) { showOrder(m_model->order(index.row()).id); });
    connect(m_model, &OrderListModel::failed, m_banner,
            [this](const base::Error& error) { m_banner->showError(error); });
    connect(&m_ages, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    m_ages.start(agesTellAgain);
    connect(m_model, &OrderListModel::loaded, this,
            [this] { m_lists->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0); });
}

QWidget* OrdersScreen::makeListPage()
{
    prepareList(m_list, u"orderList"_s, tr("Orders"));
    m_list->setModel(m_model);
    rememberHeader(m_list, settings(), {140, 170, 125, 125, 110, 100});
    auto* empty =
        new EmptyState(tr("No order yet"), tr("Each run towards a certificate is kept here with its history."));
    connect(empty->addCard(u"certificates"_s, tr("New certificate"),
                           tr("Order one for names that lead to this machine."), tr("New &certificate"),
                           u"ordersEmptyNew"_s),
            &QPushButton::clicked, this, [this] { showNewCertificate(QString()); });
    m_lists->addWidget(m_list);
    m_lists->addWidget(empty);
    QPushButton* add = makeButton(tr("New &certificate"), u"ordersNewCertificate"_s, u"add"_s);
    QPushButton* open = makeButton(tr("&Show order"), u"showOrderButton"_s);
    open->setEnabled(false);
    auto* head = new QHBoxLayout;
    head->addWidget(makeTitle(tr("Orders")), 1);
    head->addWidget(open);
    head->addWidget(add);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addLayout(head);
    layout->addWidget(m_banner);
    layout->addWidget(m_lists, 1);
    connect(add, &QPushButton::clicked, this, [this] { showNewCertificate(QString()); });
    connect(open, &QPushButton::clicked, this, [this] { showOrder(m_model->order(m_list->currentIndex().row()).id); });
    const auto follow = [this, open] { open->setEnabled(m_list->currentIndex().isValid()); };
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, open, follow);
    connect(m_model, &QAbstractItemModel::modelReset, open, follow);
    return page;
}

void OrdersScreen::refresh()
{
    m_model->reload();
}

QWidget* OrdersScreen::searchField()
{
    return m_pages->currentIndex() == NewPage ? m_form->names() : nullptr;
}

void OrdersScreen::showOrder(const QString& id)
{
    m_pages->setCurrentIndex(OrderPageIndex);
    m_page->show(id);
}

void OrdersScreen::showNewCertificate(const QString& authorityId)
{
    m_pages->setCurrentIndex(NewPage);
    m_form->begin(authorityId);
}

} // namespace ui
