// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/account_orders_list.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/date_text.h"
#include "ui/common/error_text.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

AccountOrdersList::AccountOrdersList(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_list(new QTreeWidget)
    , m_words(makeFaint(QString()))
    , m_more(makeButton(tr("Show &more"), u"accountOrdersMore"_s))
{
    prepareList(m_list, u"accountOrders"_s, tr("Orders at the authority"));
    m_list->setHeaderLabels({tr("State"), tr("Names"), tr("Expires"), tr("Ordered by")});
    m_list->setColumnWidth(0, 130);
    m_list->setColumnWidth(1, 260);
    m_list->setColumnWidth(2, 140);
    QPushButton* close = makeButton(tr("&Back to the account"), u"accountOrdersClose"_s, u"back"_s);
    auto* row = new QHBoxLayout;
    row->addWidget(m_words, 1);
    row->addWidget(m_more);
    row->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    connect(m_more, &QPushButton::clicked, this, [this] { read(*m_next); });
    connect(close, &QPushButton::clicked, this, &AccountOrdersList::closed);
}

void AccountOrdersList::begin(const QString& accountId)
{
    abandon();
    m_stop = std::stop_source();
    m_accountId = accountId;
    m_list->clear();
    m_next.reset();
    read({});
    m_list->setFocus();
}

void AccountOrdersList::abandon()
{
    m_stop.request_stop();
}

void AccountOrdersList::read(const lifecycle::AccountOrderCursor& from)
{
    m_more->setEnabled(false);
    m_words->setText(tr("Asking the authority…"));
    const auto reply = [this, work = m_stop.get_token()](base::Result<lifecycle::AccountOrderPage> page) {
        if (work.stop_requested())
            return;
        if (page)
            append(*page);
        else
            failed(page.error());
    };
    m_workspace.manager.accountOrders(m_accountId, from, this, reply, m_stop.get_token());
}

void AccountOrdersList::append(const lifecycle::AccountOrderPage& page)
{
    for (const lifecycle::AccountOrder& order : page.orders) {
        const Status status = statusOfAcme(order.state);
        auto* item =
            new QTreeWidgetItem(m_list,
                                {order.state.isEmpty() ? tr("Not shown") : status.word, order.names.join(u", "_s),
                                 localTime(order.expires), order.ours ? tr("Sealwright") : tr("Another client")});
        item->setIcon(0, status.icon());
        item->setToolTip(0, order.error);
        item->setToolTip(1, order.url.toString());
        item->setToolTip(2, utcTime(order.expires));
    }
    m_next = page.next;
    m_more->setEnabled(m_next.has_value());
    m_words->setText(tr("%n order(s)", nullptr, m_list->topLevelItemCount()) + (m_next ? tr(", and more") : QString()));
}

void AccountOrdersList::failed(const base::Error& error)
{
    m_words->setText(error.code() == base::ErrorCode::Unsupported
                         ? tr("This authority has no list of orders that can be read.")
                         : explain(error).paragraph());
}

} // namespace ui
