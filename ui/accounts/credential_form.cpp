// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credential_form.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/eab_words.h"
#include "ui/common/banner.h"
#include "ui/common/form.h"
#include "ui/common/passphrase_field.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

CredentialForm::CredentialForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_banner(new Banner(u"credentialBanner"_s))
    , m_authority(makeComboBox(u"credentialAuthority"_s))
    , m_kid(makeLineEdit(u"credentialKid"_s))
    , m_key(makePassphraseField(u"credentialKey"_s))
    , m_algorithm(makeComboBox(u"credentialAlgorithm"_s))
    , m_label(makeLineEdit(u"credentialLabel"_s))
    , m_owner(makeLineEdit(u"credentialOwner"_s))
    , m_host(makeLineEdit(u"credentialHost"_s))
    , m_expires(makeLineEdit(u"credentialExpires"_s))
    , m_add(makePrimaryButton(tr("&Add credential"), u"credentialAddButton"_s))
{
    m_algorithm->addItems({u"HS256"_s, u"HS384"_s, u"HS512"_s});
    m_form->addRow(u"authority"_s, tr("A&uthority"), m_authority);
    m_form->addRow(u"kid"_s, tr("&Key identifier"), m_kid, tr("As the authority's portal shows it."));
    m_form->addRow(u"eabKey"_s, tr("&HMAC key"), m_key,
                   tr("base64url or base64, as the portal shows it. Kept in the vault."));
    m_form->addRow(u"algorithm"_s, tr("A&lgorithm"), m_algorithm);
    m_form->addRow(u"owner"_s, tr("&Owner"), m_owner);
    m_form->addRow(u"host"_s, tr("Hos&t"), m_host);
    m_form->addRow(u"expires"_s, tr("E&xpires"), m_expires, tr("Its last day, like 2026-12-31, where it has one."));
    m_form->addRow(u"label"_s, tr("La&bel"), m_label, tr("For you: what it is for, say."));
    auto* content = new QWidget;
    content->setMaximumWidth(formWidth);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    inner->setSpacing(pageSpacing);
    inner->addWidget(makeTitle(tr("Add an EAB credential")));
    inner->addWidget(m_form);
    inner->addWidget(makeQuestion());
    inner->addWidget(m_banner);
    inner->addWidget(makeButtons());
    inner->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeScrolling(content));
    connect(m_add, &QPushButton::clicked, this, [this] { add(std::nullopt); });
    connect(m_authority, &QComboBox::currentIndexChanged, this, &CredentialForm::showRules);
}

QWidget* CredentialForm::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* cancel = makeButton(tr("Ca&ncel"), u"credentialCancelButton"_s);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(cancel);
    layout->addWidget(m_add);
    connect(cancel, &QPushButton::clicked, this, [this] {
        m_key->clear();
        Q_EMIT cancelled();
    });
    return row;
}

QWidget* CredentialForm::makeQuestion()
{
    QFrame* card = makeCard();
    m_question = card;
    m_questionText = makeLabel(QString());
    QPushButton* asIs = makeButton(tr("Use it as &it is"), u"credentialUseAsIs"_s);
    QPushButton* again = makeButton(tr("&Decode once more"), u"credentialDecodeAgain"_s);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(asIs);
    buttons->addWidget(again);
    buttons->addStretch(1);
    cardLayout(card)->addWidget(m_questionText);
    cardLayout(card)->addLayout(buttons);
    card->setObjectName(u"credentialQuestion"_s);
    connect(asIs, &QPushButton::clicked, this, [this] { add(false); });
    connect(again, &QPushButton::clicked, this, [this] { add(true); });
    return card;
}

void CredentialForm::begin(const QList<lifecycle::Authority>& authorities, const QString& authorityId)
{
    m_authorities = authorities;
    m_authority->clear();
    for (const lifecycle::Authority& authority : authorities)
        m_authority->addItem(authority.name, authority.id);
    m_authority->setCurrentIndex(std::max(0, m_authority->findData(authorityId)));
    for (QLineEdit* line : {m_kid, m_key, m_label, m_owner, m_host, m_expires})
        line->clear();
    m_form->clearFaults();
    m_banner->hide();
    m_question->hide();
    m_add->setEnabled(true);
    m_kid->setFocus();
}

void CredentialForm::showRules()
{
    for (const lifecycle::Authority& authority : std::as_const(m_authorities))
        if (authority.id == m_authority->currentData().toString())
            m_form->setHint(u"authority"_s, rulesText(lifecycle::eabRulesOf(authority)));
}

void CredentialForm::add(std::optional<bool> decodeOnceMore)
{
    m_form->clearFaults();
    m_banner->hide();
    m_question->hide();
    m_add->setEnabled(false);
    const auto expiry = lifecycle::parseExpiry(m_expires->text());
    if (!expiry) {
        m_add->setEnabled(true);
        return m_form->setFault(u"expires"_s, tr("Write the day like 2026-12-31."), true);
    }
    lifecycle::EabDetails details;
    details.expiresAt = *expiry;
    details.owner = m_owner->text().trimmed();
    details.host = m_host->text().trimmed();
    details.authorityId = m_authority->currentData().toString();
    details.kid = m_kid->text().trimmed();
    details.keyText = secretOf(m_key->text());
    details.algorithm = m_algorithm->currentText();
    details.label = m_label->text().trimmed();
    details.decodeOnceMore = decodeOnceMore;
    m_workspace.manager.addCredential(details, this,
                                      [this](base::Result<lifecycle::EabAdded> reply) { answered(std::move(reply)); });
}

void CredentialForm::answered(base::Result<lifecycle::EabAdded> reply)
{
    m_add->setEnabled(true);
    if (!reply) {
        if (!m_form->showError(reply.error()))
            m_banner->showError(reply.error());
        return;
    }
    if (reply->needsAnswer) {
        m_questionText->setText(tr("The key was decoded to %n byte(s), and these look base64-encoded once more. Some "
                                   "tools print keys so; a wrong guess makes the authority refuse the credential.",
                                   nullptr, reply->keyBytes));
        m_question->show();
        return;
    }
    m_key->clear();
    Q_EMIT added(reply->credential);
}

} // namespace ui
