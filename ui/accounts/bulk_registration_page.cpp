// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/bulk_registration_page.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/eab_words.h"
#include "ui/common/banner.h"
#include "ui/common/error_text.h"
#include "ui/common/form.h"
#include "ui/common/remembered_header.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"
#include "ui/common/work_row.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QProgressBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::BulkRegistrationOutcome;

bool anyHasTerms(const QList<lifecycle::Authority>& authorities)
{
    return std::any_of(authorities.begin(), authorities.end(),
                       [](const lifecycle::Authority& authority) { return !authority.meta.termsOfService.isEmpty(); });
}

QString whyText(const BulkRegistrationOutcome& outcome)
{
    if (!outcome.error)
        return QString();
    return u"%1 – %2"_s.arg(explain(*outcome.error).sentence(), fateText(outcome.fate));
}

} // namespace

BulkRegistrationPage::BulkRegistrationPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_summary(makeLabel(QString()))
    , m_form(new Form)
    , m_contacts(new QLineEdit)
    , m_terms(new QCheckBox(tr("I a&gree to the authorities' terms of service")))
    , m_progress(new QProgressBar)
    , m_list(new QTreeWidget)
    , m_banner(new Banner(u"bulkBanner"_s))
    , m_start(makePrimaryButton(tr("&Register all"), u"bulkStart"_s))
    , m_work(new WorkRow(u"bulkCancel"_s, makeForm(), {m_start}))
{
    prepareList(m_list, u"bulkList"_s, tr("What was bound and what failed"));
    m_list->setHeaderLabels({tr("Outcome"), tr("Authority"), tr("Key identifier"), tr("Owner"), tr("Why")});
    rememberHeader(m_list, workspace.settings, {150, 110, 120, 90, 290});
    m_progress->setAccessibleName(tr("Registrations done"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_summary);
    layout->addWidget(m_form);
    layout->addWidget(m_banner);
    layout->addWidget(m_progress);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_work);
    layout->addStretch(); // what there is stays together while there is no list
    connect(m_work, &WorkRow::cancelled, this, &BulkRegistrationPage::left);
    connect(m_start, &QPushButton::clicked, this, &BulkRegistrationPage::start);
}

QWidget* BulkRegistrationPage::makeForm()
{
    m_contacts->setObjectName(u"bulkContacts"_s);
    m_terms->setObjectName(u"bulkTerms"_s);
    m_form->addRow(u"contacts"_s, tr("&Contact"), m_contacts, tr("For credentials that have no contact of their own."));
    m_form->addWide(m_terms);
    return m_form;
}

void BulkRegistrationPage::begin(const QList<lifecycle::EabCredential>& credentials,
                                 const QList<lifecycle::Authority>& authorities)
{
    m_ids.clear();
    for (const lifecycle::EabCredential& credential : credentials)
        m_ids += credential.id;
    m_authorities = authorities;
    m_summary->setText(
        tr("%n credential(s) get an account each, with a key of its own. Stopping or repeating it is safe: "
           "what is bound stays, what was not answered is resumed with the same key.",
           nullptr, static_cast<int>(m_ids.size())));
    m_terms->setVisible(anyHasTerms(authorities));
    m_terms->setChecked(false);
    m_start->setEnabled(!m_ids.isEmpty());
    m_list->clear();
    m_list->hide();
    m_progress->hide();
    m_banner->hide();
    m_form->clearFaults();
    m_contacts->setFocus();
}

void BulkRegistrationPage::start()
{
    m_banner->hide();
    m_form->clearFaults();
    lifecycle::BulkRegistrationRequest request;
    request.credentialIds = m_ids;
    request.contacts = splitWords(m_contacts->text());
    request.termsAgreed = m_terms->isChecked();
    m_progress->setRange(0, static_cast<int>(m_ids.size()));
    m_progress->setValue(0);
    m_progress->show();
    const std::stop_token work = m_work->begin(tr("Registering…"));
    const auto progress = [this](lifecycle::BulkRegistrationProgress now) { m_progress->setValue(now.done); };
    m_workspace.manager.registerCredentials(
        request, progress, this,
        [this, work](const base::Result<QList<BulkRegistrationOutcome>>& outcomes) {
            if (m_work->end(work))
                take(outcomes);
        },
        work);
}

void BulkRegistrationPage::take(const base::Result<QList<BulkRegistrationOutcome>>& outcomes)
{
    m_progress->hide();
    if (!outcomes)
        return m_banner->showError(outcomes.error());
    showOutcomes(*outcomes);
    Q_EMIT changed();
}

void BulkRegistrationPage::showOutcomes(const QList<BulkRegistrationOutcome>& outcomes)
{
    using Result = BulkRegistrationOutcome::Result;
    m_list->clear();
    int bound = 0;
    for (const BulkRegistrationOutcome& outcome : outcomes) {
        const Status status = statusOf(outcome.result);
        bound += outcome.result == Result::Bound || outcome.result == Result::WasBound ? 1 : 0;
        auto* item = new QTreeWidgetItem(m_list,
                                         {status.word, authorityName(outcome.credential.authorityId),
                                          outcome.credential.kid, outcome.credential.owner, whyText(outcome)});
        item->setIcon(0, status.icon());
        item->setToolTip(4, item->text(4));
    }
    m_list->show();
    const int others = static_cast<int>(outcomes.size()) - bound;
    m_banner->showMessage(others == 0 ? Severity::Good : Severity::Attention,
                          tr("%1 of %2 are bound.").arg(bound).arg(outcomes.size()));
}

QString BulkRegistrationPage::authorityName(const QString& id) const
{
    for (const lifecycle::Authority& authority : m_authorities)
        if (authority.id == id)
            return authority.name;
    return id;
}

} // namespace ui
