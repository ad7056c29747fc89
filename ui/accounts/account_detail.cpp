// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/account_detail.h"

#include "lifecycle/account_words.h"
#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_orders_list.h"
#include "ui/accounts/contacts_form.h"
#include "ui/accounts/key_change_form.h"
#include "ui/common/date_text.h"
#include "ui/common/error_text.h"
#include "ui/common/facts.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/flow_layout.h"
#include "ui/common/key_type_text.h"
#include "ui/common/navigator.h"
#include "ui/common/widgets.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::Account;

enum Page { FactsPage, ContactsPage, KeyPage, OrdersPage };

constexpr int mostNames = 8;

QString firstOf(const QStringList& names, int count)
{
    const QString shown = names.first(std::min<qsizetype>(names.size(), mostNames)).join(u"; "_s);
    return count > mostNames ? shown + u"; …"_s : shown;
}

} // namespace

AccountDetail::AccountDetail(Workspace& workspace, QWidget* parent)
    : QFrame(parent)
    , m_workspace(workspace)
    , m_title(makeHeading(QString()))
    , m_resume(makeButton(tr("As&k again"), u"resumeAccountButton"_s, u"resume"_s))
    , m_contacts(makeButton(tr("&Contact"), u"accountContactsButton"_s))
    , m_key(makeButton(tr("Change ke&y"), u"accountKeyButton"_s, u"key"_s))
    , m_orders(makeButton(tr("Orders &there"), u"accountOrdersButton"_s, u"orders"_s))
    , m_find(makeButton(tr("C&heck"), u"accountFindButton"_s, u"refresh"_s))
    , m_deactivate(makeButton(tr("&Deactivate"), u"accountDeactivateButton"_s, u"revoke"_s))
    , m_rules(makeButton(tr("Ru&les about names"), u"accountRulesButton"_s))
    , m_records(makeButton(tr("&Persistent records"), u"accountRecordsButton"_s))
    , m_banner(new Banner(u"accountBanner"_s))
    , m_pages(new QStackedWidget)
    , m_facts(new Facts)
    , m_contactsForm(new ContactsForm(workspace))
    , m_keyForm(new KeyChangeForm(workspace))
    , m_orderList(new AccountOrdersList(workspace))
{
    setObjectName(u"accountDetail"_s);
    setProperty("card", true); // looks like one
    m_pages->addWidget(makeFacts());
    m_pages->addWidget(makeScrolling(m_contactsForm));
    m_pages->addWidget(makeScrolling(m_keyForm));
    m_pages->addWidget(m_orderList);
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageSpacing, pageSpacing, pageSpacing, pageSpacing);
    inner->addWidget(m_title);
    inner->addWidget(makeButtons());
    inner->addWidget(m_pages, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1); // the card's edge
    layout->addWidget(new FittingScrollArea(content));
    const auto back = [this] { showPage(FactsPage); };
    for (AccountForm* form : {static_cast<AccountForm*>(m_contactsForm), static_cast<AccountForm*>(m_keyForm)}) {
        connect(form, &AccountForm::cancelled, this, back);
        connect(form, &AccountForm::done, this, &AccountDetail::finish);
    }
    connect(m_orderList, &AccountOrdersList::closed, this, back);
}

QWidget* AccountDetail::makeButtons()
{
    m_resume->setToolTip(tr("Asks the authority again about an account whose registration has no known outcome."));
    m_find->setToolTip(tr("Asks the authority which account the key has."));
    auto* row = new QWidget;
    auto* layout = new FlowLayout(row);
    for (QPushButton* button : {m_resume, m_contacts, m_key, m_orders, m_find, m_deactivate})
        layout->addWidget(button);
    connect(m_resume, &QPushButton::clicked, this, &AccountDetail::resume);
    connect(m_contacts, &QPushButton::clicked, this, [this] {
        showPage(ContactsPage);
        m_contactsForm->begin(m_account);
    });
    connect(m_key, &QPushButton::clicked, this, [this] {
        showPage(KeyPage);
        m_keyForm->begin(m_account);
    });
    connect(m_orders, &QPushButton::clicked, this, [this] {
        showPage(OrdersPage);
        m_orderList->begin(m_account.id);
    });
    connect(m_find, &QPushButton::clicked, this, &AccountDetail::find);
    connect(m_deactivate, &QPushButton::clicked, this, &AccountDetail::confirmDeactivation);
    return row;
}

QWidget* AccountDetail::makeFacts()
{
    auto* scrolled = new QWidget;
    auto* layout = new QVBoxLayout(scrolled);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addWidget(m_banner);
    layout->addWidget(makeTerms());
    layout->addWidget(m_facts);
    auto* more = new QHBoxLayout;
    more->addWidget(m_rules);
    more->addWidget(m_records);
    more->addStretch(1);
    layout->addLayout(more);
    layout->addStretch(1);
    m_rules->setToolTip(tr("Which names may be ordered with this account, and what the authority refused."));
    connect(m_rules, &QPushButton::clicked, this,
            [this] { m_workspace.navigator.showRules(m_account.authorityId, m_account.id); });
    m_records->setToolTip(tr("TXT records that prove every order by dns-persist-01."));
    connect(m_records, &QPushButton::clicked, this, [this] { Q_EMIT recordsWanted(m_account, m_title->text()); });
    m_factsArea = makeScrolling(scrolled);
    return m_factsArea;
}

QWidget* AccountDetail::makeTerms()
{
    m_terms = new QWidget;
    m_termsText = makeLabel(QString());
    m_termsText->setObjectName(u"accountTermsText"_s);
    m_termsText->setAccessibleName(tr("Changed terms of service"));
    m_termsText->setOpenExternalLinks(true);
    m_termsText->setTextInteractionFlags(Qt::TextBrowserInteraction);
    QPushButton* agree = makeButton(tr("I a&gree to them"), u"accountAgreeButton"_s, u"ok"_s);
    auto* layout = new QHBoxLayout(m_terms);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_termsText, 1);
    layout->addWidget(agree);
    connect(agree, &QPushButton::clicked, this, &AccountDetail::agree);
    return m_terms;
}

void AccountDetail::show(const AccountBook& book, const Account& account)
{
    if (account.id != m_account.id) {
        m_banner->hide();
        showPage(FactsPage);
    }
    m_account = account;
    const bool valid = account.status == Account::Status::Valid;
    m_title->setText(book.accountName(account.id));
    m_resume->setVisible(account.status == Account::Status::Pending);
    for (QPushButton* button : {m_contacts, m_key, m_orders, m_find, m_deactivate, m_rules, m_records})
        button->setVisible(valid);
    showTerms(book);
    fill(book);
}

void AccountDetail::showTerms(const AccountBook& book)
{
    m_newTerms.clear();
    const bool demanded = m_account.refusal && m_account.refusal->problem()
        && m_account.refusal->problem()->is(u"userActionRequired") && m_account.refusedAt > m_account.termsAgreedAt;
    for (const lifecycle::Authority& authority : book.authorities)
        if (authority.id == m_account.authorityId)
            m_newTerms = demanded ? authority.meta.termsOfService : lifecycle::changedTerms(m_account, authority);
    const bool valid = m_account.status == Account::Status::Valid;
    m_terms->setVisible(valid && (demanded || !m_newTerms.isEmpty()));
    const QString words = demanded ? tr("The authority wants its terms agreed to again: %1")
                                   : tr("The authority's terms have changed: %1");
    m_termsText->setText(words.arg(u"<a href=\"%1\">%1</a>"_s.arg(m_newTerms.toString().toHtmlEscaped())));
}

void AccountDetail::fill(const AccountBook& book)
{
    m_facts->clear();
    m_facts->addStatus(tr("State"), statusOf(m_account.status));
    m_facts->add(tr("Authority"), book.authorityName(m_account.authorityId));
    m_facts->add(tr("Contact"), contactsText(m_account.contacts));
    if (m_account.refusal) {
        m_facts->add(tr("Last refusal"), explain(*m_account.refusal).sentence(), m_account.refusal->message());
        m_facts->addTime(tr("Refused at"), m_account.refusedAt);
    }
    if (m_account.rollover)
        m_facts->add(tr("Key change"), tr("Begun %1, outcome not known").arg(localTime(m_account.rollover->startedAt)));
    m_facts->add(tr("Certificates"), QString::number(m_account.certificates));
    m_facts->add(tr("Key"), keyTypeText(m_account.keyType));
    m_facts->addMono(tr("Thumbprint"), m_account.keyThumbprint);
    m_facts->add(tr("EAB credential"), book.credentialKid(m_account.eabCredentialId));
    m_facts->addLink(tr("Agreed to"), m_account.termsUrl);
    if (m_account.termsAgreedAt.isValid())
        m_facts->addTime(tr("Agreed at"), m_account.termsAgreedAt);
    m_facts->addMono(tr("URL"), m_account.url.toString());
    m_facts->addTime(tr("Registered"), m_account.createdAt);
    m_facts->addTime(tr("Last used"), m_account.lastUsedAt);
}

void AccountDetail::showPage(int page)
{
    m_contactsForm->abandon();
    m_keyForm->abandon();
    m_orderList->abandon();
    m_pages->setCurrentIndex(page);
}

void AccountDetail::tell(Severity severity, const QString& words, const Banner::Action& action)
{
    showPage(FactsPage);
    m_factsArea->verticalScrollBar()->setValue(0);
    m_banner->showMessage(severity, words, action);
}

void AccountDetail::finish(const QString& words)
{
    tell(Severity::Good, words);
    Q_EMIT changed();
}

AccountDetail::AccountReply AccountDetail::reporting(const QString& words)
{
    return [this, id = m_account.id, words](const base::Result<Account>& account) {
        if (id == m_account.id && account)
            m_banner->showMessage(Severity::Good, words);
        else if (id == m_account.id)
            m_banner->showError(account.error());
        Q_EMIT changed();
    };
}

void AccountDetail::resume()
{
    tell(Severity::Working, tr("Asking the authority about the account…"));
    m_workspace.manager.resumeAccount(m_account.id, this, reporting(tr("The authority confirmed the account.")));
}

void AccountDetail::find()
{
    tell(Severity::Working, tr("Asking the authority about the account…"));
    m_workspace.manager.findAccount(m_account.id, this, reporting(tr("The authority knows the account by its key.")));
}

void AccountDetail::agree()
{
    tell(Severity::Working, tr("Telling the authority…"));
    m_workspace.manager.agreeToTerms(m_account.id, m_newTerms, this,
                                     reporting(tr("The authority knows that you agree to its terms.")));
}

void AccountDetail::confirmDeactivation()
{
    const auto reply = [this, id = m_account.id](base::Result<lifecycle::AccountDependents> found) {
        if (id != m_account.id) // another account must not be deactivated with the words about this one
            return;
        if (!found)
            return m_banner->showError(found.error());
        offerDeactivation(*found);
    };
    m_workspace.manager.accountDependents(m_account.id, this, reply);
}

void AccountDetail::offerDeactivation(const lifecycle::AccountDependents& dependents)
{
    QStringList lines {tr("The authority will never accept this account again.")};
    if (dependents.certificateCount > 0)
        lines += tr("%n certificate(s) will no longer renew: ", nullptr, dependents.certificateCount)
            + firstOf(dependents.certificates, dependents.certificateCount);
    if (!dependents.unfinishedOrders.isEmpty())
        lines += tr("%n unfinished order(s) will fail.", nullptr, static_cast<int>(dependents.unfinishedOrders.size()));
    if (!dependents.hosts.isEmpty())
        lines += tr("Hosts that use it: %1").arg(firstOf(dependents.hosts, static_cast<int>(dependents.hosts.size())));
    tell(Severity::Attention, lines.join(u'\n'), {tr("Deacti&vate for good"), [this] { deactivate(); }});
}

void AccountDetail::deactivate()
{
    tell(Severity::Working, tr("Deactivating the account…"));
    m_workspace.manager.deactivateAccount(m_account.id, this, reporting(tr("The account is deactivated.")));
}

} // namespace ui
