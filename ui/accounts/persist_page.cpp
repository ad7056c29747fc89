// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/persist_page.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/persist_record_list.h"
#include "ui/accounts/persist_words.h"
#include "ui/common/banner.h"
#include "ui/common/flow_layout.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/work_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::PersistRecord;

bool isWatched(const PersistRecord& record)
{
    return !record.id.isEmpty();
}

} // namespace

PersistPage::PersistPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(makeTitle(QString()))
    , m_form(new Form)
    , m_names(new QLineEdit)
    , m_until(new QLineEdit)
    , m_issuer(new QLineEdit)
    , m_wildcard(new QCheckBox(tr("Also for &wildcards and the names below")))
    , m_banner(new Banner(u"persistBanner"_s))
    , m_list(new PersistRecordList(workspace.settings))
    , m_sentence(makeLabel(QString(), QString(), true))
    , m_solver(makeComboBox(u"persistSolver"_s))
    , m_make(makePrimaryButton(tr("&Make the records"), u"persistMake"_s))
    , m_copy(makeButton(tr("Cop&y"), u"persistCopy"_s, u"copy"_s))
    , m_verify(makeButton(tr("&Look for them"), u"persistVerify"_s, u"search"_s))
    , m_place(makeButton(tr("&Put in place"), u"persistPlace"_s, u"export"_s))
    , m_watch(makeButton(tr("Wa&tch"), u"persistWatch"_s))
    , m_forget(makeButton(tr("Watch no m&ore"), u"persistForget"_s))
    , m_remove(makeButton(tr("Remo&ve from DNS…"), u"persistRemove"_s, u"remove"_s))
{
    makeForm();
    QWidget* actions = makeActions();
    m_work = new WorkRow(u"persistCancel"_s, m_form, {m_make});
    m_work->addWaiting(actions);
    m_sentence->setObjectName(u"persistSentence"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_title);
    layout->addWidget(makeFaint(tr("A TXT record that stays in DNS proves every order of this account by "
                                   "dns-persist-01. Nothing in DNS changes until you put one in place.")));
    layout->addWidget(m_form);
    layout->addWidget(m_banner);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_sentence);
    layout->addWidget(actions);
    layout->addWidget(m_work);
    connect(m_work, &WorkRow::cancelled, this, &PersistPage::closed);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &PersistPage::showSelection);
}

void PersistPage::makeForm()
{
    m_names->setObjectName(u"persistNames"_s);
    m_names->setPlaceholderText(u"www.example.org *.example.org"_s);
    m_until->setObjectName(u"persistUntil"_s);
    m_until->setPlaceholderText(u"2027-12-31"_s);
    m_issuer->setObjectName(u"persistIssuer"_s);
    m_wildcard->setObjectName(u"persistWildcard"_s);
    m_form->addRow(u"names"_s, tr("N&ames"), m_names,
                   tr("Separated by blanks; a wildcard is proved by its name's record."));
    m_form->addRow(u"until"_s, tr("&End"), m_until,
                   tr("The last day in UTC, or a moment in UTC such as 2027-12-31T12:00; without one they never end."));
    m_form->addRow(u"issuer"_s, tr("&Issuer"), m_issuer, tr("Which name stands for the authority in DNS."));
    m_form->addWide(m_wildcard);
    connect(m_make, &QPushButton::clicked, this, &PersistPage::make);
    for (QLineEdit* field : {m_names, m_until, m_issuer})
        connect(field, &QLineEdit::returnPressed, this, &PersistPage::make);
}

QWidget* PersistPage::makeActions()
{
    m_solver->setAccessibleName(tr("Put in place, or remove, with"));
    m_copy->setToolTip(tr("The selected records as lines of a zone file."));
    m_place->setToolTip(tr("Once; they stay in DNS, whatever happens to orders."));
    m_forget->setToolTip(tr("What is in DNS stays there."));
    m_remove->setToolTip(tr("Orders that they prove fail from then on. Other values at the same names stay."));
    auto* watching = new FlowLayout;
    for (QPushButton* button : {m_copy, m_verify, m_watch, m_forget})
        watching->addWidget(button);
    auto* changing = new FlowLayout;
    for (QWidget* each : QWidgetList {m_solver, m_place, m_remove})
        changing->addWidget(each);
    auto* rows = new QWidget;
    auto* layout = new QVBoxLayout(rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(watching);
    layout->addLayout(changing);
    connect(m_remove, &QPushButton::clicked, this, &PersistPage::confirmRemoval);
    connect(m_copy, &QPushButton::clicked, this, &PersistPage::copy);
    connect(m_verify, &QPushButton::clicked, this, &PersistPage::verify);
    connect(m_place, &QPushButton::clicked, this, &PersistPage::place);
    connect(m_watch, &QPushButton::clicked, this, &PersistPage::watch);
    connect(m_forget, &QPushButton::clicked, this, &PersistPage::forget);
    return rows;
}

void PersistPage::show(const lifecycle::Account& account, const QString& title, const QString& select)
{
    m_work->abandon();
    m_select = select;
    m_account = account;
    m_made.clear();
    m_watched.clear();
    m_title->setText(tr("Persistent records of %1").arg(title));
    for (QLineEdit* field : {m_names, m_until, m_issuer})
        field->clear();
    m_wildcard->setChecked(false);
    m_form->clearFaults();
    m_form->setRowVisible(u"issuer"_s, false);
    m_banner->hide();
    showRecords();
    refresh();
    m_names->setFocus();
}

void PersistPage::refresh()
{
    if (m_account.id.isEmpty())
        return;
    m_workspace.manager.watchedPersistRecords(this, [this](base::Result<Records> records) {
        if (!records)
            return m_banner->showError(records.error());
        records->removeIf([this](const PersistRecord& record) { return record.accountId != m_account.id; });
        m_watched = *std::move(records);
        showRecords();
        if (const QString name = std::exchange(m_select, {}); !name.isEmpty())
            selectName(name);
    });
    m_workspace.manager.solvers(this, [this](base::Result<QList<challenge::SolverSettings>> solvers) {
        const QString chosen = m_solver->currentData().toString();
        m_solver->clear();
        for (const challenge::SolverSettings& each : solvers.value_or(QList<challenge::SolverSettings>()))
            m_solver->addItem(each.name, each.id);
        m_solver->setCurrentIndex(std::max(0, m_solver->findData(chosen)));
        allowActions();
    });
}

void PersistPage::selectName(const QString& name)
{
    Records wanted = m_watched;
    wanted.removeIf([&name](const PersistRecord& record) { return record.name != name; });
    m_list->select(wanted);
}

void PersistPage::showRecords()
{
    m_made.removeIf([this](const PersistRecord& made) {
        return std::any_of(m_watched.cbegin(), m_watched.cend(), [&made](const PersistRecord& watched) {
            return watched.name == made.name && watched.value == made.value;
        });
    });
    m_list->fill(m_made, m_watched);
    showSelection();
}

/// The list cuts long sentences off.
void PersistPage::showSelection()
{
    const Records chosen = m_list->selected();
    m_sentence->setText(chosen.size() == 1 ? persistSentence(chosen.constFirst(), QDateTime::currentDateTimeUtc())
                                           : QString());
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    allowActions();
}

void PersistPage::allowActions()
{
    const Records chosen = m_list->selected();
    const auto kept = std::count_if(chosen.begin(), chosen.end(), isWatched);
    for (QPushButton* button : {m_copy, m_verify})
        button->setEnabled(!chosen.isEmpty());
    m_watch->setEnabled(kept < chosen.size());
    m_forget->setEnabled(kept > 0 && kept == chosen.size());
    m_place->setEnabled(!chosen.isEmpty() && m_solver->count() > 0);
    m_remove->setEnabled(m_forget->isEnabled() && m_solver->count() > 0);
    for (QWidget* each : QWidgetList {m_solver, m_place, m_remove})
        each->setVisible(m_solver->count() > 0);
}

} // namespace ui
