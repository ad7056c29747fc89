// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/rebind_page.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/form.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/common/work_row.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int rootsHeight = 72;
constexpr int columnWidth = 240;

} // namespace

RebindPage::RebindPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(makeTitle(QString()))
    , m_form(new Form)
    , m_url(new QLineEdit)
    , m_roots(new QPlainTextEdit)
    , m_banner(new Banner(u"rebindBanner"_s))
    , m_summary(makeLabel(QString()))
    , m_plan(new QTreeWidget)
    , m_ask(makeButton(tr("As&k the new place"), u"rebindAsk"_s, u"search"_s))
    , m_follow(makePrimaryButton(tr("&Follow it"), u"rebindFollow"_s))
    , m_work(new WorkRow(u"rebindCancel"_s, m_form, {m_ask, m_follow}))
{
    m_url->setObjectName(u"rebindUrl"_s);
    m_roots->setObjectName(u"rebindRoots"_s);
    m_roots->setPlaceholderText(u"-----BEGIN CERTIFICATE-----"_s);
    m_roots->setFixedHeight(rootsHeight);
    m_roots->setTabChangesFocus(true);
    m_form->addRow(u"directoryUrl"_s, tr("New &directory URL"), m_url,
                   tr("Where the same authority is now: its new host, port or provisioner."));
    m_form->addRow(u"root"_s, tr("Other &roots"), m_roots, tr("Only where the new place is under other roots: PEM."));
    prepareList(m_plan, u"rebindPlan"_s, tr("What the new place knows"));
    m_plan->setHeaderLabels({tr("What"), tr("Outcome"), tr("New URL")});
    m_plan->setColumnWidth(0, columnWidth);
    m_plan->setColumnWidth(1, columnWidth);
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    inner->setSpacing(pageSpacing);
    for (QWidget* row : std::initializer_list<QWidget*> {m_title, m_form, m_banner, m_summary})
        inner->addWidget(row);
    inner->addWidget(m_plan, 1);
    inner->addWidget(m_work);
    inner->addStretch(); // what there is stays together while there is no plan
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new FittingScrollArea(content));
    connect(m_work, &WorkRow::cancelled, this, &RebindPage::cancelled);
    connect(m_ask, &QPushButton::clicked, this, &RebindPage::ask);
    connect(m_follow, &QPushButton::clicked, this, &RebindPage::follow);
    connect(m_url, &QLineEdit::returnPressed, this, &RebindPage::ask);
    connect(m_url, &QLineEdit::textEdited, this, &RebindPage::forgetPlan);
    connect(m_roots, &QPlainTextEdit::textChanged, this, &RebindPage::forgetPlan);
}

void RebindPage::show(const lifecycle::Authority& authority)
{
    m_authorityId = authority.id;
    m_title->setText(tr("“%1” was renamed").arg(authority.name));
    m_url->setText(authority.directoryUrl.toString());
    m_roots->clear();
    m_form->clearFaults();
    m_banner->hide();
    m_work->abandon();
    forgetPlan();
    m_url->setFocus();
    m_url->selectAll();
}

lifecycle::RebindRequest RebindPage::entered() const
{
    return {m_authorityId, m_url->text().trimmed(), m_roots->toPlainText().trimmed().toUtf8()};
}

void RebindPage::forgetPlan()
{
    m_plan->clear();
    m_plan->hide();
    m_summary->setText(tr("The new place is asked which accounts and orders it knows. Nothing is changed by that."));
    m_follow->setEnabled(false);
}

void RebindPage::ask()
{
    m_form->clearFaults();
    m_banner->hide();
    const std::stop_token work = m_work->begin(tr("Asking the new place…"));
    const auto reply = [this, work](base::Result<lifecycle::RebindPlan> plan) {
        if (!m_work->end(work))
            return;
        if (!plan)
            return showFailure(plan.error());
        showPlan(*plan);
    };
    m_workspace.manager.planRebind(entered(), this, reply, work);
}

void RebindPage::showPlan(const lifecycle::RebindPlan& plan)
{
    m_plan->clear();
    int anew = 0;
    for (const lifecycle::ReboundAccount& rebound : plan.accounts) {
        const bool known = !rebound.url.isEmpty();
        anew += known ? 0 : 1;
        const QString anewText = rebound.isRefused ? tr("Refused there; must be registered anew, with a new key")
                                                   : tr("Must be registered anew");
        auto* item = new QTreeWidgetItem(m_plan,
                                         {tr("Account %1").arg(rebound.account.contacts.join(u", "_s)),
                                          known ? tr("Known there") : anewText, rebound.url.toString()});
        item->setIcon(1, known ? themedIcon(u"ok"_s, Severity::Good) : themedIcon(u"attention"_s, Severity::Attention));
    }
    for (const lifecycle::ReboundOrder& rebound : plan.orders) {
        const bool known = !rebound.url.isEmpty();
        const QStringList names = base::identifierValues(rebound.order.request.names);
        auto* item =
            new QTreeWidgetItem(m_plan,
                                {tr("Order for %1").arg(namesText(names)),
                                 known ? tr("Goes on there") : tr("Ends; order it again"), rebound.url.toString()});
        item->setIcon(1, known ? themedIcon(u"ok"_s, Severity::Good) : themedIcon(u"attention"_s, Severity::Attention));
    }
    m_plan->show();
    m_summary->setText(tr("%1 → %2. %3 of %4 accounts must be registered anew. Nothing has been changed yet.")
                           .arg(plan.before.toString(), plan.authority.directoryUrl.toString())
                           .arg(anew)
                           .arg(plan.accounts.size()));
    m_follow->setEnabled(true);
    m_follow->setFocus();
}

void RebindPage::follow()
{
    m_banner->hide();
    const std::stop_token work = m_work->begin(tr("Following the authority…"));
    const auto reply = [this, work](base::Result<lifecycle::RebindPlan> plan) {
        if (!m_work->end(work))
            return;
        if (!plan)
            return showFailure(plan.error());
        Q_EMIT rebound(*plan);
    };
    m_workspace.manager.rebind(entered(), this, reply, work);
}

void RebindPage::showFailure(const base::Error& error)
{
    if (!m_form->showError(error))
        m_banner->showError(error);
}

} // namespace ui
