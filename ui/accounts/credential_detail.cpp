// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credential_detail.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_book.h"
#include "ui/accounts/eab_words.h"
#include "ui/common/banner.h"
#include "ui/common/facts.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using State = lifecycle::EabCredential::State;

QString dayText(const QDateTime& moment)
{
    return moment.isValid() ? moment.toUTC().date().toString(Qt::ISODate) : QString();
}

} // namespace

CredentialDetail::CredentialDetail(Workspace& workspace, QWidget* parent)
    : QFrame(parent)
    , m_workspace(workspace)
    , m_title(makeHeading(QString()))
    , m_banner(new Banner(u"credentialDetailBanner"_s))
    , m_facts(new Facts)
    , m_form(new Form)
    , m_owner(makeLineEdit(u"credentialDetailOwner"_s))
    , m_host(makeLineEdit(u"credentialDetailHost"_s))
    , m_label(makeLineEdit(u"credentialDetailLabel"_s))
    , m_expires(makeLineEdit(u"credentialDetailExpires"_s))
    , m_contact(makeLineEdit(u"credentialDetailContact"_s))
    , m_save(makeButton(tr("Sa&ve"), u"credentialDetailSave"_s))
    , m_spent(makeButton(QString(), u"credentialDetailSpent"_s))
{
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageSpacing, 0, pageSpacing, 0);
    inner->setSpacing(pageSpacing);
    inner->addWidget(m_title);
    inner->addWidget(m_facts);
    inner->addWidget(makeFields());
    inner->addWidget(m_banner);
    inner->addWidget(makeButtons());
    inner->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeScrolling(content));
    setMinimumWidth(260);
}

QWidget* CredentialDetail::makeFields()
{
    m_form->addRow(u"owner"_s, tr("&Owner"), m_owner);
    m_form->addRow(u"host"_s, tr("&Host"), m_host);
    m_form->addRow(u"label"_s, tr("La&bel"), m_label);
    m_form->addRow(u"expires"_s, tr("E&xpires"), m_expires, tr("Its last day, like 2026-12-31."));
    m_form->addRow(u"contacts"_s, tr("Conta&ct"), m_contact);
    return m_form;
}

QWidget* CredentialDetail::makeButtons()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_save);
    layout->addWidget(m_spent);
    layout->addStretch(1);
    connect(m_save, &QPushButton::clicked, this, &CredentialDetail::save);
    connect(m_spent, &QPushButton::clicked, this, &CredentialDetail::toggleSpent);
    return row;
}

void CredentialDetail::show(const lifecycle::EabCredential& credential, const lifecycle::Authority& authority,
                            const QString& accountName)
{
    const bool another = credential.id != m_credential.id;
    m_credential = credential;
    m_title->setText(credential.kid);
    m_facts->clear();
    m_facts->addStatus(tr("State"), statusOf(credential.state));
    m_facts->add(tr("Authority"), authority.name);
    m_facts->add(tr("Rules"), rulesText(lifecycle::eabRulesOf(authority)));
    m_facts->add(tr("Algorithm"), credential.algorithm);
    if (credential.state == State::Reserved)
        m_facts->add(tr("Reserved"),
                     tr("An account was asked for with it, and is not confirmed: the reply was lost, or the authority "
                        "asks to wait. Ask again under Accounts; do not enter it anew."));
    m_facts->add(tr("Used by"), accountName);
    m_facts->addTime(tr("When"), credential.boundAt);
    m_facts->add(tr("The authority said"), credential.refusal);
    m_facts->addTime(tr("Added"), credential.createdAt);
    const bool taken = credential.state == State::Bound || credential.state == State::Reserved;
    const bool usable = credential.state == State::Unused || credential.state == State::Expired;
    m_spent->setVisible(!taken);
    m_spent->setText(usable ? tr("It is &spent") : tr("It is &unused"));
    m_spent->setAccessibleName(usable ? tr("Say that it is spent") : tr("Say that it is unused"));
    if (another)
        fill();
}

void CredentialDetail::fill()
{
    m_owner->setText(m_credential.owner);
    m_host->setText(m_credential.host);
    m_label->setText(m_credential.label);
    m_expires->setText(dayText(m_credential.expiresAt));
    m_contact->setText(contactsText(m_credential.contacts));
    m_form->clearFaults();
    m_banner->hide();
}

void CredentialDetail::save()
{
    m_form->clearFaults();
    m_banner->hide();
    const auto expiry = lifecycle::parseExpiry(m_expires->text());
    if (!expiry) {
        m_form->setFault(u"expires"_s, tr("Write the day like 2026-12-31."), true);
        return;
    }
    lifecycle::EabChanges changes;
    changes.owner = m_owner->text().trimmed();
    changes.host = m_host->text().trimmed();
    changes.label = m_label->text().trimmed();
    if (m_expires->text().trimmed() != dayText(m_credential.expiresAt)) // else an hour that was imported would be lost
        changes.expiresAt = *expiry;
    changes.contacts = splitWords(m_contact->text());
    m_workspace.manager.updateCredential(
        m_credential.id, changes, this,
        [this](const base::Result<lifecycle::EabCredential>& reply) { answered(reply); });
}

void CredentialDetail::toggleSpent()
{
    lifecycle::EabChanges changes;
    const bool usable = m_credential.state == State::Unused || m_credential.state == State::Expired;
    changes.state = usable ? State::Spent : State::Unused;
    m_workspace.manager.updateCredential(
        m_credential.id, changes, this,
        [this](const base::Result<lifecycle::EabCredential>& reply) { answered(reply); });
}

void CredentialDetail::answered(const base::Result<lifecycle::EabCredential>& reply)
{
    if (!reply) {
        if (!m_form->showError(reply.error()))
            m_banner->showError(reply.error());
        return;
    }
    m_banner->showMessage(Severity::Good, tr("Saved."));
    Q_EMIT changed();
}

} // namespace ui
