// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/dns_way.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/preferences.h"
#include "ui/common/widgets.h"
#include "ui/orders/solver_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;
using challenge::SolverSettings;

DnsWay::DnsWay(Workspace& workspace, QWidget* parent)
    : ProofWay(parent)
    , m_workspace(workspace)
    , m_solver(makeComboBox(u"proofSolver"_s))
    , m_new(new SolverForm)
    , m_ofAccount(new QCheckBox(tr("At a name of the account's own (dns-account-01)")))
{
    m_solver->setAccessibleName(tr("Solver that changes DNS records"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_solver);
    layout->addWidget(m_new);
    layout->addWidget(m_ofAccount);
    connect(m_solver, &QComboBox::currentIndexChanged, this, &DnsWay::showChosen);
    connect(m_solver, &QComboBox::activated, this, [this] {
        m_wanted = m_solver->currentData().toString();
        Q_EMIT edited();
    });
    m_ofAccount->setObjectName(u"proofOfAccount"_s);
    m_ofAccount->setToolTip(tr("Where the authority offers it: several accounts can prove the same name at once."));
    connect(m_ofAccount, &QCheckBox::toggled, this, &ProofWay::changed);
    connect(m_ofAccount, &QCheckBox::clicked, this, &ProofWay::edited);
    connect(m_new, &SolverForm::changed, this, &ProofWay::changed);
    connect(m_new, &SolverForm::changed, this, &ProofWay::edited); // nobody else fills it in
    connect(&workspace.manager, &lifecycle::CertificateManager::changed, this, [this](lifecycle::Changes changes) {
        if (changes & lifecycle::Change::Solvers)
            readSolvers(false);
    });
    fill({});
}

void DnsWay::readSolvers(bool chooseAnew)
{
    m_workspace.manager.solvers(this, [this, chooseAnew](base::Result<QList<SolverSettings>> solvers) {
        if (solvers && (chooseAnew || *solvers != m_solvers))
            fill(*solvers);
    });
}

QString DnsWay::key() const
{
    return u"dns"_s;
}

QString DnsWay::title() const
{
    return tr("dns-01, by a record in the DNS");
}

void DnsWay::showChosen()
{
    m_solver->setVisible(!m_solvers.isEmpty());
    m_new->setVisible(isNew());
    Q_EMIT changed();
}

QString DnsWay::challengeType() const
{
    return m_ofAccount->isChecked() ? u"dns-account-01"_s : u"dns-01"_s;
}

bool DnsWay::isNew() const
{
    return m_solver->currentData().toString().isEmpty();
}

void DnsWay::fill(const QList<SolverSettings>& solvers)
{
    m_solvers = solvers;
    const QSignalBlocker blocker(m_solver);
    m_solver->clear();
    for (const SolverSettings& solver : solvers)
        m_solver->addItem(solver.name, solver.id);
    m_solver->addItem(tr("Another one…"), QString());
    m_solver->setCurrentIndex(m_wanted ? std::max(0, m_solver->findData(*m_wanted)) : 0);
    showChosen();
}

void DnsWay::offer(const SolverSettings& settings)
{
    m_wanted = settings.id;
    QList<SolverSettings> solvers = m_solvers;
    solvers.removeIf([&](const SolverSettings& solver) { return solver.id == settings.id; });
    fill(solvers << settings);
}

bool DnsWay::propose(const lifecycle::Authority& authority, const Preferences& settings)
{
    const QString used = settings.value(proofKey(authority, u"solver"_s)).toString();
    m_wanted = used.isEmpty() ? std::nullopt : std::optional(used);
    fill(m_solvers); // which are read again: until then the other authority's solver would stay chosen
    readSolvers(true);
    m_ofAccount->setChecked(settings.value(proofKey(authority, u"ofAccount"_s)).toBool());
    return m_wanted.has_value();
}

void DnsWay::remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const
{
    settings.setValue(proofKey(authority, u"solver"_s), chosen ? m_solver->currentData().toString() : QString());
    settings.setValue(proofKey(authority, u"ofAccount"_s), chosen && m_ofAccount->isChecked());
}

bool DnsWay::take(const ProofSettings& proof)
{
    const int solver = m_solver->findData(proof.solverId);
    if ((proof.challengeType != u"dns-01" && proof.challengeType != u"dns-account-01") || solver < 0)
        return false;
    m_wanted = proof.solverId; // the list may be read again
    m_ofAccount->setChecked(proof.challengeType == u"dns-account-01");
    m_solver->setCurrentIndex(solver);
    return true;
}

std::optional<lifecycle::SolverDetails> DnsWay::newSolver() const
{
    if (!isNew())
        return std::nullopt;
    auto details = m_new->entered();
    return details ? std::optional(*std::move(details)) : std::nullopt;
}

base::Result<ProofSettings> DnsWay::entered() const
{
    if (isNew())
        if (auto details = m_new->entered(); !details)
            return base::failed(std::move(details).error());
    return ProofSettings::dns(challengeType(), m_solvers.value(m_solver->currentIndex()));
}

QString DnsWay::hint() const
{
    return tr("The authority looks for a TXT record of each name; wildcards are possible.");
}

QString DnsWay::summary() const
{
    return tr("%1, by %2").arg(challengeType(), m_solver->currentText());
}

} // namespace ui
