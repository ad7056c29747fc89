// SPDX-License-Identifier: Apache-2.0
#include "ui/policy/policy_editor.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_book.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/error_text.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int rulesHeight = 64;
constexpr int refusalsHeight = 130;

QPlainTextEdit* makeRules(const QString& objectName)
{
    auto* field = new QPlainTextEdit;
    field->setObjectName(objectName);
    field->setFixedHeight(rulesHeight);
    field->setTabChangesFocus(true);
    return field;
}

} // namespace

PolicyEditor::PolicyEditor(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_account(makeComboBox(u"policyAccount"_s))
    , m_allowed(makeRules(u"policyAllowed"_s))
    , m_denied(makeRules(u"policyDenied"_s))
    , m_banner(new Banner(u"policyBanner"_s))
    , m_save(makeButton(tr("Sa&ve rules"), u"policySave"_s))
    , m_refusalsTitle(makeFaint(tr("What the authority refused")))
    , m_refusals(new QTreeWidget)
{
    m_form->addRow(u"account"_s, tr("&For"), m_account);
    m_form->addRow(u"allowed"_s, tr("Allo&wed names"), m_allowed,
                   tr("One a line: www.corp.example, *.corp.example, .corp.example for all below, 10.0.0.0/8."));
    m_form->addRow(u"denied"_s, tr("De&nied names"), m_denied, tr("Denying wins. Empty fields say nothing."));
    prepareList(m_refusals, u"policyRefusals"_s, tr("What the authority refused"));
    m_refusals->setHeaderLabels({tr("Name"), tr("When"), tr("Account"), tr("The authority's words")});
    m_refusals->setFixedHeight(refusalsHeight);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeHeading(tr("Rules about names")));
    layout->addWidget(m_form);
    layout->addWidget(m_banner);
    layout->addWidget(m_save, 0, Qt::AlignLeft);
    layout->addWidget(m_refusalsTitle);
    layout->addWidget(m_refusals);
    connect(m_account, &QComboBox::activated, this, [this] {
        m_accountId = m_account->currentData().toString();
        fillRules();
    });
    connect(m_save, &QPushButton::clicked, this, &PolicyEditor::save);
    for (QPlainTextEdit* field : {m_allowed, m_denied})
        connect(field, &QPlainTextEdit::textChanged, this, [this] { takeEdited(true); });
    takeEdited(false);
}

void PolicyEditor::show(const QString& authorityId, const QString& accountId)
{
    const bool others = authorityId != m_authorityId || (!accountId.isEmpty() && accountId != m_accountId);
    if (!others && m_save->isEnabled()) // somebody is writing
        return;
    if (others) {
        m_authorityId = authorityId;
        m_accountId = accountId;
        m_banner->hide();
        takeEdited(false);
    }
    read();
}

void PolicyEditor::beginWithRules()
{
    m_allowed->setFocus(Qt::OtherFocusReason);
}

void PolicyEditor::read()
{
    m_workspace.manager.accounts(this, [this](base::Result<QList<lifecycle::Account>> accounts) {
        m_accounts = accounts.value_or(QList<lifecycle::Account>());
        m_workspace.manager.issuancePolicy(
            m_authorityId, this, [this, authorityId = m_authorityId](base::Result<lifecycle::PolicyOverview> overview) {
                if (authorityId != m_authorityId)
                    return;
                if (!overview)
                    return m_banner->showError(overview.error());
                take(*overview);
            });
    });
}

void PolicyEditor::take(const lifecycle::PolicyOverview& overview)
{
    m_overview = overview;
    fillAccounts(m_accounts);
    m_account->setCurrentIndex(std::max(0, m_account->findData(m_accountId)));
    if (!m_save->isEnabled()) // else somebody began to write meanwhile
        fillRules();
    fillRefusals();
}

void PolicyEditor::fillAccounts(const QList<lifecycle::Account>& accounts)
{
    m_account->clear();
    m_account->addItem(tr("Every account"), QString());
    for (const lifecycle::Account& account : accounts)
        if (account.authorityId == m_authorityId)
            m_account->addItem(nameOf(account), account.id);
}

void PolicyEditor::fillRules()
{
    const auto& policies = m_overview.policies;
    const auto found = std::find_if(policies.begin(), policies.end(), [&](const lifecycle::IssuancePolicy& policy) {
        return policy.accountId == m_accountId;
    });
    const lifecycle::IssuancePolicy policy = found == policies.end() ? lifecycle::IssuancePolicy() : *found;
    m_allowed->setPlainText(lifecycle::ruleTexts(policy.allowed).join(u'\n'));
    m_denied->setPlainText(lifecycle::ruleTexts(policy.denied).join(u'\n'));
    m_form->clearFaults();
    takeEdited(false);
}

void PolicyEditor::fillRefusals()
{
    m_refusals->clear();
    for (const lifecycle::NameRefusal& refusal : std::as_const(m_overview.refusals)) {
        auto* item = new QTreeWidgetItem(
            m_refusals, {refusal.name, localTime(refusal.at), accountName(refusal.accountId), refusal.detail});
        item->setToolTip(1, utcTime(refusal.at));
        item->setToolTip(3, refusal.detail);
    }
    m_refusals->setVisible(!m_overview.refusals.isEmpty());
    m_refusalsTitle->setVisible(!m_overview.refusals.isEmpty());
}

QString PolicyEditor::accountName(const QString& id) const
{
    AccountBook book;
    book.accounts = m_accounts;
    const QString name = book.accountName(id);
    return name.isEmpty() ? id : name;
}

void PolicyEditor::takeEdited(bool edited)
{
    m_save->setEnabled(edited);
}

void PolicyEditor::save()
{
    m_form->clearFaults();
    m_banner->hide();
    auto allowed = lifecycle::parseNameRules(splitWords(m_allowed->toPlainText()));
    auto denied = lifecycle::parseNameRules(splitWords(m_denied->toPlainText()));
    if (!allowed)
        m_form->setFault(u"allowed"_s, explain(allowed.error()).sentence(), true);
    if (!denied)
        m_form->setFault(u"denied"_s, explain(denied.error()).sentence(), true);
    if (!allowed || !denied)
        return;
    const lifecycle::IssuancePolicy policy {m_authorityId, m_accountId, *std::move(allowed), *std::move(denied)};
    takeEdited(false); // what is written while they are stored counts again
    m_workspace.manager.setIssuancePolicy(policy, this, [this](base::Result<void> stored) {
        if (!stored) {
            takeEdited(true);
            return m_banner->showError(stored.error());
        }
        m_banner->showMessage(Severity::Good, tr("The rules apply to every order from now on."));
        read();
    });
}

} // namespace ui
