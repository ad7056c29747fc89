// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/accounts_pane.h"

#include "lifecycle/account_words.h"
#include "ui/accounts/account_detail.h"
#include "ui/accounts/account_list.h"
#include "ui/common/adaptive_splitter.h"
#include "ui/common/date_text.h"
#include "ui/common/key_type_text.h"
#include "ui/common/remembered_header.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::Account;

constexpr int listShare = 36; // accounts are few, and there is much to say about one

/// What about an account needs somebody, before what it is.
Status shownStatus(const Account& account, const AccountBook& book)
{
    if (account.status != Account::Status::Valid)
        return statusOf(account.status);
    if (account.rollover)
        return {AccountsPane::tr("Key change unfinished"), u"attention"_s, Severity::Attention};
    for (const lifecycle::Authority& authority : book.authorities)
        if (authority.id == account.authorityId && !lifecycle::changedTerms(account, authority).isEmpty())
            return {AccountsPane::tr("Terms changed"), u"attention"_s, Severity::Attention};
    return statusOf(account.status);
}

} // namespace

AccountsPane::AccountsPane(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_list(makeAccountList(
          u"accountList"_s, tr("Accounts"),
          {tr("State"), tr("Authority"), tr("Contact"), tr("Key"), tr("Certificates"), tr("Last used")}))
    , m_detail(new AccountDetail(workspace))
{
    rememberHeader(m_list, workspace.settings, {150, 140, 155, 95, 90, 135});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeButtons());
    layout->addWidget(new AdaptiveSplitter(m_list, m_detail, listShare), 1);
    m_detail->hide();
    connect(m_list, &QTreeWidget::currentItemChanged, this, &AccountsPane::showCurrent);
    connect(m_detail, &AccountDetail::changed, this, &AccountsPane::changed);
    connect(m_detail, &AccountDetail::recordsWanted, this, &AccountsPane::recordsWanted);
}

QWidget* AccountsPane::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* add = makeButton(tr("&Register account"), u"registerAccountButton"_s, u"add"_s);
    QPushButton* import = makeButton(tr("&Import"), u"importAccountsButton"_s, u"import"_s);
    import->setToolTip(tr("Takes over accounts of certbot, lego or acme.sh."));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(import);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, &AccountsPane::registerWanted);
    connect(import, &QPushButton::clicked, this, &AccountsPane::importWanted);
    return row;
}

void AccountsPane::addLine(const Account& account)
{
    const Status status = shownStatus(account, m_book);
    auto* item = new QTreeWidgetItem(m_list,
                                     {status.word, m_book.authorityName(account.authorityId),
                                      contactsText(account.contacts), keyTypeText(account.keyType),
                                      QString::number(account.certificates), localTime(account.lastUsedAt)});
    item->setIcon(0, status.icon());
    item->setData(0, IdRole, account.id);
    item->setToolTip(1, account.url.toString());
    item->setToolTip(3, tr("Thumbprint %1").arg(account.keyThumbprint));
    item->setToolTip(5, utcTime(account.lastUsedAt));
}

void AccountsPane::show(const AccountBook& book)
{
    const QString kept = currentId(m_list);
    m_book = book;
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const Account& account : book.accounts)
        addLine(account);
    for (int row = 0; row < m_list->topLevelItemCount(); ++row)
        if (row == 0 || m_list->topLevelItem(row)->data(0, IdRole) == kept)
            m_list->setCurrentItem(m_list->topLevelItem(row));
    showCurrent();
}

void AccountsPane::showCurrent()
{
    const QString id = currentId(m_list);
    m_detail->setVisible(!id.isEmpty());
    for (const Account& account : std::as_const(m_book.accounts))
        if (account.id == id)
            m_detail->show(m_book, account);
}

} // namespace ui
