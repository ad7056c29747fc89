// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credentials_pane.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_list.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/remembered_header.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

CredentialsPane::CredentialsPane(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_list(makeAccountList(u"credentialList"_s, tr("EAB credentials"),
                             {tr("State"), tr("Authority"), tr("Label"), tr("Key identifier"), tr("Algorithm"),
                              tr("Used by"), tr("When")}))
    , m_banner(new Banner(u"credentialsBanner"_s))
{
    rememberHeader(m_list, workspace.settings, {115, 130, 100, 115, 75, 120, 110});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_banner);
    layout->addWidget(makeButtons());
    layout->addWidget(m_list, 1);
}

QWidget* CredentialsPane::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* add = makeButton(tr("Add &credential"), u"addCredentialButton"_s, u"add"_s);
    m_remove = makeButton(tr("Re&move"), u"removeCredentialButton"_s, u"remove"_s);
    m_remove->setAccessibleName(tr("Remove credential"));
    m_remove->setEnabled(false);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(m_remove);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, &CredentialsPane::addWanted);
    connect(m_remove, &QPushButton::clicked, this, &CredentialsPane::removeCredential);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem* item) { m_remove->setEnabled(item != nullptr); });
    return row;
}

void CredentialsPane::show(const AccountBook& book)
{
    m_list->clear();
    for (const lifecycle::EabCredential& credential : book.credentials) {
        const Status status = statusOf(credential.state);
        auto* item = new QTreeWidgetItem(m_list,
                                         {status.word, book.authorityName(credential.authorityId), credential.label,
                                          credential.kid, credential.algorithm, book.accountName(credential.accountId),
                                          localTime(credential.boundAt)});
        item->setIcon(0, status.icon());
        item->setData(0, IdRole, credential.id);
        item->setToolTip(6, utcTime(credential.boundAt));
    }
}

void CredentialsPane::showError(const base::Error& error)
{
    m_banner->showError(error);
}

void CredentialsPane::removeCredential()
{
    const QTreeWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    m_banner->showMessage(Severity::Attention,
                          tr("The credential “%1” and its key will be forgotten.").arg(item->text(3)),
                          {tr("&Remove it"), [this, id = currentId(m_list)] {
                               m_workspace.manager.removeCredential(id, this, [this](base::Result<void> removed) {
                                   if (!removed)
                                       m_banner->showError(removed.error());
                                   Q_EMIT changed();
                               });
                           }});
}

} // namespace ui
