// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/contacts_form.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_book.h"
#include "ui/common/banner.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/work_row.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

ContactsForm::ContactsForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_banner(new Banner(u"contactsBanner"_s))
    , m_contacts(new QLineEdit)
    , m_save(makePrimaryButton(tr("Chan&ge contact"), u"contactsSave"_s))
    , m_work(new WorkRow(u"contactsCancel"_s, m_form, {m_save}))
{
    m_contacts->setObjectName(u"contactsEdit"_s);
    m_form->addRow(u"contacts"_s, tr("C&ontact"), m_contacts,
                   tr("Mail addresses, separated by blanks. The authority writes there."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addWidget(m_banner);
    layout->addWidget(m_work);
    layout->addStretch(1);
    connect(m_work, &WorkRow::cancelled, this, &ContactsForm::cancelled);
    connect(m_save, &QPushButton::clicked, this, &ContactsForm::submit);
    connect(m_contacts, &QLineEdit::returnPressed, this, &ContactsForm::submit);
}

void ContactsForm::begin(const lifecycle::Account& account)
{
    m_work->abandon();
    m_accountId = account.id;
    m_form->clearFaults();
    m_banner->hide();
    m_contacts->setText(contactsText(account.contacts).remove(u','));
    m_contacts->setFocus();
    m_contacts->selectAll();
}

void ContactsForm::abandon()
{
    m_work->abandon();
}

void ContactsForm::submit()
{
    static const QRegularExpression blanks(u"[\\s,;]+"_s);
    m_form->clearFaults();
    m_banner->hide();
    const QStringList contacts = m_contacts->text().split(blanks, Qt::SkipEmptyParts);
    const std::stop_token work = m_work->begin(tr("Asking the authority…"));
    const auto reply = [this, work](base::Result<lifecycle::Account> account) {
        if (!m_work->end(work))
            return;
        if (account)
            return Q_EMIT done(tr("The authority has the new contact."));
        if (!m_form->showError(account.error()))
            m_banner->showError(account.error());
    };
    m_workspace.manager.updateAccountContacts(m_accountId, contacts, this, reply, work);
}

} // namespace ui
