// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/authorities_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/authorities/authority_facts.h"
#include "ui/authorities/authority_form.h"
#include "ui/common/adaptive_splitter.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/empty_state.h"
#include "ui/common/facts.h"
#include "ui/common/icons.h"
#include "ui/common/navigator.h"
#include "ui/common/remembered_header.h"
#include "ui/common/widgets.h"

#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int IdRole = Qt::UserRole;

} // namespace

AuthoritiesScreen::AuthoritiesScreen(Workspace& workspace)
    : Screen(workspace)
    , m_pages(new QStackedWidget)
    , m_lists(new QStackedWidget)
    , m_list(new QTreeWidget)
    , m_name(makeHeading(QString()))
    , m_facts(new Facts)
    , m_banner(new Banner(u"authoritiesBanner"_s))
    , m_form(new AuthorityForm(workspace))
{
    m_pages->addWidget(makeListPage());
    m_pages->addWidget(m_form);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &AuthoritiesScreen::showCurrent);
    connect(m_form, &AuthorityForm::cancelled, this, [this] { m_pages->setCurrentIndex(0); });
    connect(m_form, &AuthorityForm::added, this, [this](const lifecycle::Authority& authority) {
        m_pages->setCurrentIndex(0);
        navigator().tell(tr("“%1” is trusted and added.").arg(authority.name));
        navigator().registerAccount(authority.id);
    });
}

QWidget* AuthoritiesScreen::makeListPage()
{
    prepareList(m_list, u"authorityList"_s, tr("Authorities"));
    m_list->setHeaderLabels({tr("Name"), tr("Kind"), tr("EAB"), tr("Checked")});
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(0, Qt::AscendingOrder);
    rememberHeader(m_list, settings(), {180, 130, 100, 130});
    auto* empty = new EmptyState(tr("No authority yet"), tr("An authority issues certificates over ACME."));
    connect(empty->addCard(u"authorities"_s, tr("Add a CA"),
                           tr("step-ca, EJBCA, Let's Encrypt or any other ACME server, "
                              "with its own root pinned."),
                           tr("&Add a CA"), u"authoritiesEmptyAdd"_s),
            &QPushButton::clicked, this, &AuthoritiesScreen::showAdd);
    connect(empty->addCard(u"practice"_s, tr("Practice CA"),
                           tr("A test CA on this machine that nobody trusts, to try things "
                              "out."),
                           tr("Start &practice CA"), u"authoritiesEmptyPractice"_s),
            &QPushButton::clicked, this, [this] { navigator().startPractice(); });
    auto* splitter = new AdaptiveSplitter(m_list, makeDetail());
    m_lists->addWidget(splitter);
    m_lists->addWidget(empty);
    QPushButton* add = makeButton(tr("&Add authority"), u"addAuthorityButton"_s, u"add"_s);
    connect(add, &QPushButton::clicked, this, &AuthoritiesScreen::showAdd);
    auto* head = new QHBoxLayout;
    head->addWidget(makeTitle(tr("Authorities")), 1);
    head->addWidget(add);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addLayout(head);
    layout->addWidget(m_banner);
    layout->addWidget(m_lists, 1);
    return page;
}

QWidget* AuthoritiesScreen::makeDetail()
{
    QFrame* card = makeCard();
    m_detail = card;
    QPushButton* check = makeButton(tr("Check a&gain"), u"authorityCheckAgain"_s, u"refresh"_s);
    QPushButton* account = makeButton(tr("&Register account"), u"authorityRegisterAccount"_s, u"accounts"_s);
    QPushButton* remove = makeButton(tr("R&emove"), u"authorityRemove"_s, u"remove"_s);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {account, check, remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* scrolled = new QWidget;
    auto* inner = new QVBoxLayout(scrolled);
    inner->setContentsMargins(0, 0, 8, 0);
    inner->addWidget(m_facts);
    inner->addStretch(1);
    QVBoxLayout* layout = cardLayout(card);
    layout->addWidget(m_name);
    layout->addLayout(buttons);
    layout->addWidget(makeScrolling(scrolled), 1);
    connect(check, &QPushButton::clicked, this, &AuthoritiesScreen::checkAgain);
    connect(remove, &QPushButton::clicked, this, &AuthoritiesScreen::confirmRemove);
    connect(account, &QPushButton::clicked, this, [this] {
        if (const lifecycle::Authority* authority = current())
            navigator().registerAccount(authority->id);
    });
    return card;
}

void AuthoritiesScreen::refresh()
{
    manager().authorities(this, [this](base::Result<QList<lifecycle::Authority>> authorities) {
        if (!authorities)
            return m_banner->showError(authorities.error());
        fill(*authorities);
    });
}

void AuthoritiesScreen::showAdd()
{
    m_pages->setCurrentIndex(1);
    m_form->begin();
}

void AuthoritiesScreen::fill(const QList<lifecycle::Authority>& authorities)
{
    const lifecycle::Authority* before = current();
    const QString kept = before ? before->id : QString();
    m_authorities = authorities;
    m_list->clear();
    for (const lifecycle::Authority& authority : authorities) {
        auto* item = new QTreeWidgetItem(m_list,
                                         {authority.name, serverKindText(authority.meta.kind),
                                          authority.meta.externalAccountRequired ? tr("Required") : tr("Not required"),
                                          localTime(authority.checkedAt)});
        item->setData(0, IdRole, authority.id);
        item->setIcon(0, themedIcon(authority.meta.kind == u"pebble" ? u"practice"_s : u"authorities"_s));
        item->setToolTip(3, utcTime(authority.checkedAt));
        if (authority.id == kept)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    m_lists->setCurrentIndex(authorities.isEmpty() ? 1 : 0);
    showCurrent();
}

const lifecycle::Authority* AuthoritiesScreen::current() const
{
    const QTreeWidgetItem* item = m_list->currentItem();
    if (!item)
        return nullptr;
    const QString id = item->data(0, IdRole).toString();
    const auto found = std::find_if(m_authorities.cbegin(), m_authorities.cend(),
                                    [&](const lifecycle::Authority& authority) { return authority.id == id; });
    return found == m_authorities.cend() ? nullptr : &*found;
}

void AuthoritiesScreen::showCurrent()
{
    const lifecycle::Authority* authority = current();
    m_detail->setVisible(authority != nullptr);
    m_facts->clear();
    if (!authority)
        return;
    m_name->setText(authority->name);
    showAuthority(*m_facts, *authority);
}

void AuthoritiesScreen::checkAgain()
{
    const lifecycle::Authority* authority = current();
    if (!authority)
        return;
    m_banner->showMessage(Severity::Working, tr("Reading the directory of “%1”…").arg(authority->name));
    manager().refreshAuthority(authority->id, this, [this](base::Result<lifecycle::Authority> checked) {
        if (!checked)
            return m_banner->showError(checked.error());
        m_banner->showMessage(Severity::Good, tr("“%1” answered.").arg(checked->name));
        refresh();
    });
}

void AuthoritiesScreen::confirmRemove()
{
    const lifecycle::Authority* authority = current();
    if (!authority)
        return;
    m_banner->showMessage(Severity::Attention, tr("“%1” and its pinned root will be forgotten.").arg(authority->name),
                          {tr("&Remove “%1”").arg(authority->name), [this, id = authority->id] {
                               manager().removeAuthority(id, this, [this](base::Result<void> removed) {
                                   if (!removed)
                                       m_banner->showError(removed.error());
                                   refresh();
                               });
                           }});
}

} // namespace ui
