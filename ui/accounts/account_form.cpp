// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/account_form.h"

#include "ui/common/banner.h"
#include "ui/common/form.h"
#include "ui/common/work_row.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

AccountForm::AccountForm(Workspace& workspace, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_banner(new Banner(name + u"Banner"_s))
    , m_layout(new QVBoxLayout(this))
    , m_name(name)
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->addWidget(m_form);
    m_layout->addWidget(m_banner);
}

void AccountForm::addActions(const QList<QPushButton*>& actions)
{
    m_work = new WorkRow(m_name + u"Cancel"_s, m_form, actions);
    m_layout->addWidget(m_work);
    m_layout->addStretch(1);
    connect(m_work, &WorkRow::cancelled, this, &AccountForm::cancelled);
}

void AccountForm::begin(const lifecycle::Account& account)
{
    m_work->abandon();
    m_accountId = account.id;
    clear();
}

void AccountForm::abandon()
{
    m_work->abandon();
}

void AccountForm::clear()
{
    m_form->clearFaults();
    m_banner->hide();
}

void AccountForm::showFailure(const base::Error& error)
{
    if (!m_form->showError(error))
        m_banner->showError(error);
}

} // namespace ui
