// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/authorities_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/authorities/authority_facts.h"
#include "ui/authorities/authority_form.h"
#include "ui/authorities/rebind_page.h"
#include "ui/authorities/root_comparison_view.h"
#include "ui/authorities/rotation_page.h"
#include "ui/common/adaptive_splitter.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/empty_state.h"
#include "ui/common/facts.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/flow_layout.h"
#include "ui/common/icons.h"
#include "ui/common/navigator.h"
#include "ui/common/remembered_header.h"
#include "ui/common/widgets.h"
#include "ui/policy/policy_editor.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int IdRole = Qt::UserRole;
constexpr int StateColumn = 2;
constexpr int listHeight = 110; ///< beside a comparison, which needs the room

} // namespace

AuthoritiesScreen::AuthoritiesScreen(Workspace& workspace)
    : Screen(workspace)
    , m_pages(new QStackedWidget)
    , m_lists(new QStackedWidget)
    , m_list(new QTreeWidget)
    , m_name(makeHeading(QString()))
    , m_facts(new Facts)
    , m_comparison(new RootComparisonView)
    , m_policy(new PolicyEditor(workspace))
    , m_banner(new Banner(u"authoritiesBanner"_s))
    , m_form(new AuthorityForm(workspace))
    , m_rotation(new RotationPage(workspace))
    , m_rebind(new RebindPage(workspace))
{
    m_pages->addWidget(makeListPage());
    addPages();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &AuthoritiesScreen::showCurrent);
    m_comparison->hide();
    connect(m_comparison, &RootComparisonView::accepted, this, &AuthoritiesScreen::acceptRoot);
    connect(m_form, &AuthorityForm::changed, this, [this](const lifecycle::Authority& authority) {
        m_pages->setCurrentIndex(0);
        navigator().tell(tr("“%1” is changed.").arg(authority.name));
    });
    connect(m_form, &AuthorityForm::cancelled, this, [this] { m_pages->setCurrentIndex(0); });
    connect(m_form, &AuthorityForm::added, this, [this](const lifecycle::Authority& authority) {
        m_pages->setCurrentIndex(0);
        navigator().tell(tr("“%1” is trusted and added.").arg(authority.name));
        navigator().registerAccount(authority.id);
    });
}

void AuthoritiesScreen::addPages()
{
    for (QWidget* page :
         {static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_rotation), static_cast<QWidget*>(m_rebind)})
        m_pages->addWidget(page);
    connect(m_rotation, &RotationPage::closed, this, [this] { m_pages->setCurrentIndex(0); });
    connect(m_rebind, &RebindPage::cancelled, this, [this] { m_pages->setCurrentIndex(0); });
    connect(m_rebind, &RebindPage::rebound, this, [this](const lifecycle::RebindPlan& plan) {
        m_pages->setCurrentIndex(0);
        navigator().tell(tr("“%1” is found at its new place.").arg(plan.authority.name));
        refresh();
    });
}

QWidget* AuthoritiesScreen::makeListPage()
{
    prepareList(m_list, u"authorityList"_s, tr("Authorities"));
    m_list->setHeaderLabels({tr("Name"), tr("Kind"), tr("State"), tr("EAB"), tr("Looked at")});
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(0, Qt::AscendingOrder);
    rememberHeader(m_list, settings(), {180, 130, 130, 100, 130});
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
    m_splitter = new AdaptiveSplitter(m_list, makeDetail());
    m_lists->addWidget(m_splitter);
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
    auto* scrolled = new QWidget;
    auto* inner = new QVBoxLayout(scrolled);
    inner->setContentsMargins(0, 0, 8, 0);
    inner->addWidget(m_comparison);
    inner->addWidget(m_facts);
    inner->addWidget(m_policy);
    inner->addStretch(1);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_name);
    layout->addWidget(makeDetailButtons());
    m_detailArea = makeScrolling(scrolled);
    layout->addWidget(m_detailArea, 1);
    cardLayout(card)->addWidget(new FittingScrollArea(content));
    return card;
}

QWidget* AuthoritiesScreen::makeDetailButtons()
{
    QPushButton* account = makeButton(tr("&Register account"), u"authorityRegisterAccount"_s, u"accounts"_s);
    QPushButton* check = makeButton(tr("Check a&gain"), u"authorityCheckAgain"_s, u"refresh"_s);
    QPushButton* change = makeButton(tr("C&hange"), u"authorityChange"_s, u"settings"_s);
    QPushButton* roots = makeButton(tr("Roo&ts"), u"authorityRoots"_s, u"certificates"_s);
    QPushButton* rebind = makeButton(tr("Rena&med…"), u"authorityRebind"_s, u"resume"_s);
    QPushButton* remove = makeButton(tr("Rem&ove"), u"authorityRemove"_s, u"remove"_s);
    auto* row = new QWidget;
    auto* buttons = new FlowLayout(row);
    for (QPushButton* button : {account, check, change, roots, rebind, remove})
        buttons->addWidget(button);
    connect(check, &QPushButton::clicked, this, &AuthoritiesScreen::checkAgain);
    connect(remove, &QPushButton::clicked, this, &AuthoritiesScreen::confirmRemove);
    connect(roots, &QPushButton::clicked, this, [this] {
        if (const lifecycle::Authority* authority = current()) {
            m_pages->setCurrentWidget(m_rotation);
            m_rotation->show(*authority);
        }
    });
    connect(rebind, &QPushButton::clicked, this, [this] {
        if (const lifecycle::Authority* authority = current()) {
            m_pages->setCurrentWidget(m_rebind);
            m_rebind->show(*authority);
        }
    });
    connect(change, &QPushButton::clicked, this, [this] {
        const lifecycle::Authority* authority = current();
        if (!authority)
            return;
        m_pages->setCurrentIndex(1);
        m_form->change(*authority);
    });
    connect(account, &QPushButton::clicked, this, [this] {
        if (const lifecycle::Authority* authority = current())
            navigator().registerAccount(authority->id);
    });
    return row;
}

void AuthoritiesScreen::refresh()
{
    if (m_pages->currentWidget() == m_rotation)
        m_rotation->refresh();
    manager().authorities(this, [this](base::Result<QList<lifecycle::Authority>> authorities) {
        if (!authorities)
            return m_banner->showError(authorities.error());
        fill(*authorities);
    });
    manager().authorityConditions(this, [this](base::Result<QList<lifecycle::AuthorityCondition>> conditions) {
        if (!conditions)
            return m_banner->showError(conditions.error());
        m_conditions.clear();
        for (const lifecycle::AuthorityCondition& condition : std::as_const(*conditions))
            m_conditions.insert(condition.authorityId, condition);
        fillConditions();
    });
}

void AuthoritiesScreen::fillConditions()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem* item = m_list->topLevelItem(row);
        const lifecycle::AuthorityCondition condition = m_conditions.value(item->data(0, IdRole).toString());
        const Status status = statusOf(condition, now);
        item->setText(StateColumn, status.word);
        item->setIcon(StateColumn, status.icon());
        item->setToolTip(StateColumn, conditionText(condition, now));
        item->setText(StateColumn + 2, localTime(condition.checkedAt));
        item->setToolTip(StateColumn + 2, utcTime(condition.checkedAt));
    }
    showCurrent();
}

void AuthoritiesScreen::makeRoomForComparing()
{
    if (m_splitter->orientation() == Qt::Vertical)
        m_splitter->setSizes({listHeight, std::max(m_splitter->height() - listHeight, listHeight)});
}

void AuthoritiesScreen::acceptRoot(const lifecycle::RootChange& change)
{
    const lifecycle::Authority* authority = current();
    if (!authority)
        return;
    m_banner->showMessage(Severity::Working, tr("Verifying “%1” with the new root…").arg(authority->name));
    manager().changeRoots(authority->id, change, this, [this](base::Result<lifecycle::Authority> changed) {
        if (!changed)
            return m_banner->showError(changed.error());
        m_banner->showMessage(Severity::Good, tr("“%1” is trusted; its work goes on.").arg(changed->name));
        refresh();
    });
}

void AuthoritiesScreen::showAdd()
{
    m_pages->setCurrentIndex(1);
    m_form->begin();
}

void AuthoritiesScreen::showRules(const QString& authorityId, const QString& accountId)
{
    m_pages->setCurrentIndex(0);
    manager().authorities(this, [this, authorityId, accountId](base::Result<QList<lifecycle::Authority>> authorities) {
        if (!authorities)
            return m_banner->showError(authorities.error());
        fill(*authorities);
        for (int row = 0; row < m_list->topLevelItemCount(); ++row)
            if (m_list->topLevelItem(row)->data(0, IdRole) == authorityId)
                m_list->setCurrentItem(m_list->topLevelItem(row));
        m_policy->show(authorityId, accountId);
        m_policy->beginWithRules();
        // once what is above the rules has its height
        QTimer::singleShot(0, m_policy, [this] { m_detailArea->ensureWidgetVisible(m_policy); });
    });
}

void AuthoritiesScreen::fill(const QList<lifecycle::Authority>& authorities)
{
    const lifecycle::Authority* before = current();
    const QString kept = before ? before->id : QString();
    m_authorities = authorities;
    const QSignalBlocker blocker(m_list); // fillConditions() shows the current one, once
    m_list->clear();
    for (const lifecycle::Authority& authority : authorities) {
        auto* item =
            new QTreeWidgetItem(m_list,
                                {authority.name, serverKindText(authority.meta.kind), QString(),
                                 authority.meta.externalAccountRequired ? tr("Required") : tr("Not required")});
        item->setData(0, IdRole, authority.id);
        item->setIcon(0, themedIcon(authority.meta.kind == u"pebble" ? u"practice"_s : u"authorities"_s));
        if (authority.id == kept)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    m_lists->setCurrentIndex(authorities.isEmpty() ? 1 : 0);
    fillConditions();
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
    const lifecycle::AuthorityCondition condition = m_conditions.value(authority->id);
    if (condition.isStopped() && m_comparison->isHidden())
        makeRoomForComparing();
    m_comparison->setVisible(condition.isStopped());
    if (condition.isStopped())
        m_comparison->show(*authority, condition);
    showCondition(*m_facts, condition);
    showAuthority(*m_facts, *authority);
    m_policy->show(authority->id);
}

// Looks first: that lets requests through again where the server shows what is trusted.
void AuthoritiesScreen::checkAgain()
{
    const lifecycle::Authority* authority = current();
    if (!authority)
        return;
    m_banner->showMessage(Severity::Working, tr("Reading the directory of “%1”…").arg(authority->name));
    const auto reply = [this, id = authority->id](base::Result<lifecycle::AuthorityCondition> looked) {
        refresh();
        if (!looked)
            return m_banner->showError(looked.error());
        if (looked->error)
            return m_banner->showError(*looked->error);
        readDirectory(id);
    };
    manager().checkAuthority(authority->id, this, reply);
}

void AuthoritiesScreen::readDirectory(const QString& id)
{
    manager().refreshAuthority(id, this, [this](base::Result<lifecycle::Authority> checked) {
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
