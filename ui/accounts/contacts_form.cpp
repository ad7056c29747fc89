// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/contacts_form.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_book.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"
#include "ui/common/work_row.h"

#include <QLineEdit>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

ContactsForm::ContactsForm(Workspace& workspace, QWidget* parent)
    : AccountForm(workspace, u"contacts"_s, parent)
    , m_contacts(new QLineEdit)
{
    m_contacts->setObjectName(u"contactsEdit"_s);
    m_form->addRow(u"contacts"_s, tr("C&ontact"), m_contacts,
                   tr("Mail addresses, separated by blanks. The authority writes there."));
    QPushButton* save = makePrimaryButton(tr("Chan&ge contact"), u"contactsSave"_s);
    addActions({save});
    connect(save, &QPushButton::clicked, this, &ContactsForm::submit);
    connect(m_contacts, &QLineEdit::returnPressed, this, &ContactsForm::submit);
}

void ContactsForm::begin(const lifecycle::Account& account)
{
    AccountForm::begin(account);
    m_contacts->setText(contactsText(account.contacts).remove(u','));
    m_contacts->setFocus();
    m_contacts->selectAll();
}

void ContactsForm::submit()
{
    clear();
    const QStringList contacts = splitWords(m_contacts->text());
    const std::stop_token work = m_work->begin(tr("Asking the authority…"));
    const auto reply = [this, work](base::Result<lifecycle::Account> account) {
        if (!m_work->end(work))
            return;
        if (account)
            return Q_EMIT done(tr("The authority has the new contact."));
        showFailure(account.error());
    };
    m_workspace.manager.updateAccountContacts(m_accountId, contacts, this, reply, work);
}

} // namespace ui
