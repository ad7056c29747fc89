// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/solvers_card.h"

#include "lifecycle/authority.h"
#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/flow_layout.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"
#include "ui/orders/solver_form.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using challenge::SolverSettings;

constexpr int listHeight = 130;
constexpr int IdRole = Qt::UserRole;

} // namespace

SolversCard::SolversCard(Workspace& workspace, QWidget* parent)
    : QFrame(parent)
    , m_workspace(workspace)
    , m_banner(new Banner(u"solversBanner"_s))
    , m_list(new QTreeWidget)
    , m_name(makeLineEdit(u"solverTestName"_s, tr("Name to try the solver out with"),
                          tr("A name to test: www.corp.example")))
    , m_seenBy(makeComboBox(u"solverTestSeenBy"_s))
    , m_test(makeButton(tr("&Test it"), u"solverTest"_s, u"search"_s))
    , m_remove(makeButton(tr("&Remove it"), u"solverRemove"_s, u"remove"_s))
    , m_adding(makeButton(tr("Add a &solver"), u"solverAddButton"_s, u"add"_s))
    , m_form(new Form)
    , m_newName(makeLineEdit(u"solverName"_s, tr("Name of the solver"), tr("internal BIND")))
    , m_solver(new SolverForm(u"settings_"_s))
    , m_zones(makeLineEdit(u"solverZones"_s, tr("Zones whose names it always proves"), tr("corp.example lab.example")))
{
    setProperty("card", true);
    prepareList(m_list, u"solverList"_s, tr("Solvers"));
    m_list->setHeaderLabels({tr("Name"), tr("How"), tr("Where"), tr("Zones")});
    m_list->setRootIsDecorated(false);
    m_list->setFixedHeight(listHeight);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeHeading(tr("Solvers for records in the DNS")));
    layout->addWidget(m_banner);
    layout->addWidget(m_list);
    layout->addWidget(makeListButtons());
    layout->addWidget(makeAdding());
    connect(m_list, &QTreeWidget::currentItemChanged, this, &SolversCard::allow);
    connect(m_name, &QLineEdit::textChanged, this, &SolversCard::allow);
    allow();
}

SolversCard::~SolversCard()
{
    m_stop.request_stop();
}

QWidget* SolversCard::makeListButtons()
{
    auto* row = new QWidget;
    auto* layout = new FlowLayout(row);
    m_seenBy->setAccessibleName(tr("Whose DNS resolvers find the zone"));
    m_seenBy->setSizeAdjustPolicy(QComboBox::AdjustToContents); // it is filled after it was shown
    layout->addWidget(m_name);
    layout->addWidget(m_seenBy);
    layout->addWidget(m_test);
    layout->addWidget(m_remove);
    layout->addWidget(m_adding);
    connect(m_test, &QPushButton::clicked, this, &SolversCard::test);
    connect(m_remove, &QPushButton::clicked, this, &SolversCard::confirmRemove);
    return row;
}

QWidget* SolversCard::makeAdding()
{
    m_addArea = new QWidget;
    QPushButton* add = makePrimaryButton(tr("A&dd it"), u"solverAdd"_s);
    m_form->addRow(u"name"_s, tr("Na&me"), m_newName, tr("Orders refer to it by this name."));
    m_form->addRow(u"solver"_s, tr("&How"), m_solver);
    m_form->addRow(u"zones"_s, tr("&Zones"), m_zones,
                   tr("Names in these are always proved with it, whatever an order says. May stay empty."));
    auto* layout = new QVBoxLayout(m_addArea);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addWidget(add, 0, Qt::AlignRight);
    m_addArea->hide();
    connect(add, &QPushButton::clicked, this, &SolversCard::add);
    connect(m_adding, &QPushButton::clicked, this, [this] {
        m_addArea->setVisible(m_addArea->isHidden());
        if (m_addArea->isVisible())
            m_newName->setFocus();
    });
    return m_addArea;
}

void SolversCard::refresh()
{
    m_workspace.manager.solvers(this, [this](base::Result<QList<SolverSettings>> solvers) {
        if (!solvers)
            return m_banner->showError(solvers.error());
        fill(*solvers);
    });
    m_workspace.manager.authorities(this, [this](base::Result<QList<lifecycle::Authority>> authorities) {
        offerResolvers(authorities.value_or(QList<lifecycle::Authority>()));
    });
}

/// Of an internal zone the authority's resolvers may be the only ones that know.
void SolversCard::offerResolvers(const QList<lifecycle::Authority>& authorities)
{
    const QString before = m_seenBy->currentText();
    m_seenBy->clear();
    m_seenBy->addItem(tr("As this machine sees it"), QStringList());
    for (const lifecycle::Authority& authority : authorities)
        if (!authority.resolvers.isEmpty())
            m_seenBy->addItem(tr("As “%1” sees it").arg(authority.name), authority.resolvers);
    m_seenBy->setCurrentIndex(std::max(0, m_seenBy->findText(before)));
    m_seenBy->setVisible(m_seenBy->count() > 1);
}

void SolversCard::fill(const QList<SolverSettings>& solvers)
{
    const QString before = chosen();
    m_list->clear();
    for (const SolverSettings& solver : solvers) {
        const QString where = solver.server + solver.program + solver.provider;
        auto* item =
            new QTreeWidgetItem({solver.name, challenge::dnsMethodName(solver.method), where, solver.zones.join(u' ')});
        item->setData(0, IdRole, solver.id);
        m_list->addTopLevelItem(item);
        if (solver.id == before)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem())
        m_list->setCurrentItem(m_list->topLevelItem(0));
    for (int column = 0; column < m_list->columnCount(); ++column)
        m_list->resizeColumnToContents(column);
    allow();
}

QString SolversCard::chosen() const
{
    return m_list->currentItem() ? m_list->currentItem()->data(0, IdRole).toString() : QString();
}

void SolversCard::allow()
{
    m_remove->setEnabled(!chosen().isEmpty());
    m_test->setEnabled(!chosen().isEmpty() && !m_name->text().trimmed().isEmpty());
}

void SolversCard::test()
{
    const auto name = base::Identifier::parse(m_name->text().trimmed());
    if (!name)
        return m_banner->showError(name.error());
    m_banner->showMessage(Severity::Working, tr("Trying it out…"));
    m_stop.request_stop();
    m_stop = std::stop_source();
    const auto told = [this, asked = m_stop.get_token()](base::Result<QString> place) {
        if (asked.stop_requested())
            return;
        if (!place)
            return m_banner->showError(place.error());
        m_banner->showMessage(Severity::Good, tr("It may change %1.").arg(*place));
    };
    m_workspace.manager.testSolver(chosen(), *name, m_seenBy->currentData().toStringList(), this, told,
                                   m_stop.get_token());
}

void SolversCard::add()
{
    m_form->clearFaults();
    m_banner->hide();
    auto details = m_solver->entered();
    if (!details) {
        m_form->showError(details.error());
        return;
    }
    details->name = m_newName->text().trimmed();
    details->zones = splitWords(m_zones->text());
    m_workspace.manager.addSolver(*details, this, [this](base::Result<SolverSettings> added) {
        if (!added && !m_form->showError(added.error()))
            return m_banner->showError(added.error());
        if (!added)
            return;
        m_newName->clear();
        m_zones->clear();
        m_addArea->hide();
        m_banner->showMessage(Severity::Good, tr("“%1” was added. Try it out with a name.").arg(added->name));
        refresh();
    });
}

void SolversCard::confirmRemove()
{
    m_banner->showMessage(
        Severity::Attention,
        tr("“%1” and the key or credentials kept for it will be forgotten.").arg(m_list->currentItem()->text(0)),
        {tr("Remo&ve it for good"), [this, id = chosen()] { remove(id); }});
}

void SolversCard::remove(const QString& id)
{
    m_workspace.manager.removeSolver(id, this, [this](base::Result<void> removed) {
        if (!removed)
            return m_banner->showError(removed.error());
        m_banner->hide();
        refresh();
    });
}

} // namespace ui
