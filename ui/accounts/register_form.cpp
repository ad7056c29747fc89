// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/register_form.h"

#include "lifecycle/account_words.h"
#include "lifecycle/certificate_manager.h"
#include "ui/accounts/eab_words.h"
#include "ui/common/banner.h"
#include "ui/common/error_text.h"
#include "ui/common/form.h"
#include "ui/common/key_type_text.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"
#include "ui/common/work_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

QString contactHint(bool isKept)
{
    return isKept ? RegisterForm::tr("Mail addresses, separated by blanks. Some authorities require one.")
                  : RegisterForm::tr("This authority keeps no contacts, so none is sent to it.");
}

} // namespace

RegisterForm::RegisterForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_banner(new Banner(u"registerBanner"_s))
    , m_authority(makeComboBox(u"registerAuthority"_s))
    , m_contacts(new QLineEdit)
    , m_keyType(makeComboBox(u"registerKeyType"_s))
    , m_credential(makeComboBox(u"registerCredential"_s))
    , m_terms(new QCheckBox(tr("I &agree to the authority's terms of service")))
    , m_termsLink(makeLabel(QString()))
    , m_register(makePrimaryButton(tr("&Register account"), u"registerButton"_s))
    , m_work(new WorkRow(u"registerCancelButton"_s, m_form, {m_register}))
{
    m_contacts->setObjectName(u"registerContacts"_s);
    m_contacts->setPlaceholderText(u"pki@example.org"_s);
    fillKeyTypes(m_keyType, true);
    m_form->addRow(u"authority"_s, tr("A&uthority"), m_authority);
    m_form->addRow(u"contacts"_s, tr("&Contact"), m_contacts, contactHint(true));
    m_form->addRow(u"keyType"_s, tr("Account &key"), m_keyType);
    m_form->addRow(u"eab"_s, tr("&EAB credential"), makeCredentialChooser());
    m_form->addRow(u"terms"_s, tr("Terms"), makeTerms());
    auto* content = new QWidget;
    content->setMaximumWidth(formWidth);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    inner->setSpacing(pageSpacing);
    inner->addWidget(makeTitle(tr("Register an account")));
    inner->addWidget(m_form);
    inner->addWidget(m_banner);
    inner->addWidget(m_work);
    inner->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeScrolling(content));
    connect(m_authority, &QComboBox::currentIndexChanged, this, &RegisterForm::showAuthority);
    connect(m_work, &WorkRow::cancelled, this, &RegisterForm::cancelled);
    connect(m_register, &QPushButton::clicked, this, &RegisterForm::submit);
    connect(m_contacts, &QLineEdit::returnPressed, this, &RegisterForm::submit);
}

QWidget* RegisterForm::makeTerms()
{
    auto* box = new QWidget;
    m_terms->setObjectName(u"registerTerms"_s);
    m_terms->setAccessibleName(tr("I agree to the authority's terms of service"));
    m_termsLink->setObjectName(u"registerTermsLink"_s);
    m_termsLink->setOpenExternalLinks(true);
    m_termsLink->setTextInteractionFlags(Qt::TextBrowserInteraction);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_terms);
    layout->addWidget(m_termsLink);
    return box;
}

QWidget* RegisterForm::makeCredentialChooser()
{
    auto* row = new QWidget;
    m_credential->setAccessibleName(tr("EAB credential"));
    QPushButton* add = makeButton(tr("Add ne&w…"), u"registerAddCredential"_s, u"add"_s);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_credential, 1);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, [this] { Q_EMIT credentialWanted(authorityId()); });
    return row;
}

void RegisterForm::begin(const QList<lifecycle::Authority>& authorities,
                         const QList<lifecycle::EabCredential>& credentials, const QString& authorityId)
{
    m_authorities = authorities;
    m_credentials = credentials;
    const QSignalBlocker blocker(m_authority);
    m_authority->clear();
    for (const lifecycle::Authority& authority : authorities)
        m_authority->addItem(authority.name, authority.id);
    m_authority->setCurrentIndex(std::max(0, m_authority->findData(authorityId)));
    m_form->clearFaults();
    m_banner->hide();
    m_work->abandon();
    showAuthority();
    if (m_contacts->isEnabled())
        m_contacts->setFocus();
    else
        m_keyType->setFocus();
}

void RegisterForm::updateCredentials(const QList<lifecycle::EabCredential>& credentials, const QString& chosenId)
{
    m_credentials = credentials;
    fillCredentials();
    m_credential->setCurrentIndex(std::max(0, m_credential->findData(chosenId)));
}

QString RegisterForm::authorityId() const
{
    return m_authority->currentData().toString();
}

const lifecycle::Authority* RegisterForm::chosenAuthority() const
{
    const QString id = authorityId();
    const auto found = std::find_if(m_authorities.cbegin(), m_authorities.cend(),
                                    [&](const lifecycle::Authority& authority) { return authority.id == id; });
    return found == m_authorities.cend() ? nullptr : &*found;
}

void RegisterForm::showAuthority()
{
    const lifecycle::Authority* authority = chosenAuthority();
    if (!authority)
        return;
    const lifecycle::AuthorityMeta& meta = authority->meta;
    m_form->setRowVisible(u"terms"_s, !meta.termsOfService.isEmpty());
    m_terms->setChecked(false);
    m_termsLink->setText(u"<a href=\"%1\">%1</a>"_s.arg(meta.termsOfService.toString().toHtmlEscaped()));
    const bool keepsContacts = lifecycle::keepsContacts(*authority);
    m_contacts->setEnabled(keepsContacts);
    m_form->setHint(u"contacts"_s, contactHint(keepsContacts));
    m_form->setHint(u"eab"_s,
                    meta.externalAccountRequired ? tr("This authority registers only accounts with a credential.")
                                                 : tr("Only if the authority gave you one."));
    fillCredentials();
}

void RegisterForm::fillCredentials()
{
    m_credential->clear();
    const lifecycle::Authority* authority = chosenAuthority();
    m_credential->addItem(authority && authority->meta.externalAccountRequired ? tr("Choose a credential") : tr("None"),
                          QString());
    for (const lifecycle::EabCredential& credential : m_credentials)
        if (credential.authorityId == authorityId() && credential.state == lifecycle::EabCredential::State::Unused)
            m_credential->addItem(credential.label.isEmpty() ? credential.kid
                                                             : u"%1 (%2)"_s.arg(credential.label, credential.kid),
                                  credential.id);
    if (authority && authority->meta.externalAccountRequired && m_credential->count() == 2)
        m_credential->setCurrentIndex(1);
}

void RegisterForm::submit()
{
    const lifecycle::Authority* authority = chosenAuthority();
    m_form->clearFaults();
    m_banner->hide();
    if (!authority)
        return m_form->setFault(u"authority"_s, tr("Add an authority first."), true);
    if (!authority->meta.termsOfService.isEmpty() && !m_terms->isChecked())
        return m_form->setFault(u"terms"_s, tr("The authority asks for agreement to its terms."), true);
    if (authority->meta.externalAccountRequired && m_credential->currentData().toString().isEmpty())
        return m_form->setFault(u"eab"_s, tr("Choose the credential that the authority gave you."), true);
    lifecycle::AccountDetails details;
    details.authorityId = authority->id;
    details.contacts = m_contacts->isEnabled() ? splitWords(m_contacts->text()) : QStringList();
    details.keyType = chosenKeyType(m_keyType);
    details.termsAgreed = m_terms->isChecked();
    details.eabCredentialId = m_credential->currentData().toString();
    const std::stop_token work = m_work->begin(tr("Registering with “%1”…").arg(authority->name));
    const bool withCredential = !details.eabCredentialId.isEmpty();
    const auto reply = [this, work, withCredential](base::Result<lifecycle::Account> account) {
        if (!m_work->end(work))
            return;
        if (account)
            return Q_EMIT registered(*account);
        if (m_form->showError(account.error()))
            return;
        if (!withCredential)
            return m_banner->showError(account.error());
        m_banner->showMessage(Severity::Bad,
                              explain(account.error()).paragraph() + u'\n'
                                  + fateText(lifecycle::eabFateAfter(account.error())));
    };
    m_workspace.manager.registerAccount(details, this, reply, work);
}

} // namespace ui
