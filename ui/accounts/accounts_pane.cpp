// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/accounts_pane.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_list.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/key_type_text.h"
#include "ui/common/remembered_header.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

AccountsPane::AccountsPane(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_list(makeAccountList(u"accountList"_s, tr("Accounts"),
                             {tr("State"), tr("Authority"), tr("Contact"), tr("Key"), tr("EAB"), tr("Last used")}))
    , m_banner(new Banner(u"accountsBanner"_s))
{
    rememberHeader(m_list, workspace.settings, {120, 150, 165, 100, 100, 130});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_banner);
    layout->addWidget(makeButtons());
    layout->addWidget(m_list, 1);
}

QWidget* AccountsPane::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* add = makeButton(tr("&Register account"), u"registerAccountButton"_s, u"add"_s);
    m_resume = makeButton(tr("As&k again"), u"resumeAccountButton"_s, u"resume"_s);
    m_resume->setToolTip(tr("Asks the authority again about an account whose registration has no known outcome."));
    m_resume->setEnabled(false);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(m_resume);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, &AccountsPane::registerWanted);
    connect(m_resume, &QPushButton::clicked, this, &AccountsPane::resumeAccount);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem* item) { m_resume->setEnabled(item && item->data(1, IdRole).toBool()); });
    return row;
}

void AccountsPane::show(const AccountBook& book)
{
    m_list->clear();
    for (const lifecycle::Account& account : book.accounts) {
        const Status status = statusOf(account.status);
        auto* item = new QTreeWidgetItem(m_list,
                                         {status.word, book.authorityName(account.authorityId),
                                          contactsText(account.contacts), keyTypeText(account.keyType),
                                          book.credentialKid(account.eabCredentialId), localTime(account.lastUsedAt)});
        item->setIcon(0, status.icon());
        item->setData(0, IdRole, account.id);
        item->setData(1, IdRole, account.status == lifecycle::Account::Status::Pending);
        item->setToolTip(1, account.url.toString());
        item->setToolTip(3, tr("Thumbprint %1").arg(account.keyThumbprint));
        item->setToolTip(5, utcTime(account.lastUsedAt));
    }
}

void AccountsPane::resumeAccount()
{
    m_banner->showMessage(Severity::Working, tr("Asking the authority about the account…"));
    m_workspace.manager.resumeAccount(currentId(m_list), this, [this](base::Result<lifecycle::Account> account) {
        if (!account)
            return m_banner->showError(account.error());
        m_banner->showMessage(Severity::Good, tr("The authority confirmed the account."));
        Q_EMIT changed();
    });
}

} // namespace ui
