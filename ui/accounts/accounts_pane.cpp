// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/accounts_pane.h"

#include "ui/accounts/account_detail.h"
#include "ui/accounts/account_list_model.h"
#include "ui/common/adaptive_splitter.h"
#include "ui/common/remembered_header.h"
#include "ui/common/search_field.h"
#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int listShare = 36; // accounts are few, and there is much to say about one

} // namespace

AccountsPane::AccountsPane(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_model(new AccountListModel(this))
    , m_filter(new AccountFilter(*m_model, this))
    , m_list(new QTreeView)
    , m_count(makeFaint(QString()))
    , m_detail(new AccountDetail(workspace))
{
    prepareList(m_list, u"accountList"_s, tr("Accounts"));
    m_list->setModel(m_filter);
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(AccountListModel::Authority, Qt::AscendingOrder);
    rememberHeader(m_list, workspace.settings, {150, 140, 155, 95, 90, 135});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeButtons());
    layout->addWidget(new AdaptiveSplitter(m_list, m_detail, listShare), 1);
    m_detail->hide();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AccountsPane::showCurrent);
    connect(m_detail, &AccountDetail::changed, this, &AccountsPane::changed);
    connect(m_detail, &AccountDetail::recordsWanted, this, &AccountsPane::recordsWanted);
}

QWidget* AccountsPane::makeButtons()
{
    auto* row = new QWidget;
    QLineEdit* search = makeSearchField(u"accountSearch"_s, tr("Search accounts"), [this](const QString& words) {
        m_filter->setWords(words);
        showCount();
    });
    QPushButton* add = makeButton(tr("&Register account"), u"registerAccountButton"_s, u"add"_s);
    QPushButton* import = makeButton(tr("&Import"), u"importAccountsButton"_s, u"import"_s);
    import->setToolTip(tr("Takes over accounts of certbot, lego or acme.sh."));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(search, 2);
    layout->addWidget(m_count, 1);
    layout->addWidget(import);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, &AccountsPane::registerWanted);
    connect(import, &QPushButton::clicked, this, &AccountsPane::importWanted);
    return row;
}

void AccountsPane::show(const AccountBook& book)
{
    const lifecycle::Account* before = current();
    const QString kept = before ? before->id : QString();
    m_book = book;
    m_model->show(book);
    const QModelIndex again = m_filter->mapFromSource(m_model->index(m_model->rowOf(kept), 0));
    if (again.isValid() ? again.row() != m_list->currentIndex().row() : !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(again.isValid() ? again : m_filter->index(0, 0));
    showCurrent();
    showCount();
}

const lifecycle::Account* AccountsPane::current() const
{
    const QModelIndex index = m_filter->mapToSource(m_list->currentIndex());
    return index.isValid() ? &m_model->item(index.row()).account : nullptr;
}

void AccountsPane::showCurrent()
{
    const lifecycle::Account* account = current();
    m_detail->setVisible(account != nullptr);
    if (account)
        m_detail->show(m_book, *account);
}

void AccountsPane::showCount()
{
    m_count->setText(tr("%1 of %2").arg(m_filter->rowCount()).arg(m_model->rowCount()));
}

} // namespace ui
