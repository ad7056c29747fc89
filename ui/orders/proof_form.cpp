// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/proof_form.h"

#include "lifecycle/authority.h"
#include "lifecycle/proof_suggestion.h"
#include "ui/common/preferences.h"
#include "ui/common/widgets.h"
#include "ui/orders/dns_way.h"
#include "ui/orders/listen_way.h"
#include "ui/orders/persist_way.h"
#include "ui/orders/remote_webroot_way.h"
#include "ui/orders/webroot_way.h"

#include <QComboBox>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;

ProofForm::ProofForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_way(makeComboBox(u"proofWay"_s))
    , m_http(new ListenWay(ListenWay::Challenge::Http01))
    , m_tls(new ListenWay(ListenWay::Challenge::TlsAlpn01))
    , m_ways {m_http, new WebrootWay, new RemoteWebrootWay, m_tls, new DnsWay(workspace), new PersistWay}
{
    m_way->setAccessibleName(tr("How names are proved"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_way);
    for (ProofWay* way : m_ways) {
        m_way->addItem(way->title(), way->key());
        layout->addWidget(way);
        connect(way, &ProofWay::changed, this, &ProofForm::changed);
        connect(way, &ProofWay::edited, this, &ProofForm::takeOwnChoice);
    }
    connect(m_way, &QComboBox::currentIndexChanged, this, [this] {
        showChosen();
        if (!m_choosing)
            takeOwnChoice();
    });
    connect(m_way, &QComboBox::activated, this, &ProofForm::takeOwnChoice); // also of what was proposed
    showChosen();
}

ProofWay& ProofForm::way() const
{
    return *m_ways[std::max(0, m_way->currentIndex())];
}

void ProofForm::showChosen()
{
    for (ProofWay* each : m_ways)
        each->setVisible(each == &way());
    Q_EMIT changed();
}

void ProofForm::begin()
{
    m_ownChoice = false;
    m_proposedFor.clear();
}

void ProofForm::takeOwnChoice()
{
    m_ownChoice = true;
    Q_EMIT chosenByOperator();
}

void ProofForm::setWay(int index)
{
    const QScopedValueRollback choosing(m_choosing, true);
    m_way->setCurrentIndex(index);
}

void ProofForm::propose(const lifecycle::Authority& authority, const Preferences& settings)
{
    // What the operator chose while the list of authorities was on its way stays, unless another one is chosen.
    const bool another = !m_proposedFor.isEmpty() && m_proposedFor != authority.id;
    m_proposedFor = authority.id;
    if (!another && m_ownChoice)
        return;
    QString last = settings.value(proofKey(authority, u"way"_s)).toString();
    for (ProofWay* each : m_ways)
        if (each->propose(authority, settings) && !settings.contains(proofKey(authority, u"way"_s)))
            last = each->key();
    m_ownChoice = false;
    m_usual.reset();
    m_usualWay = m_way->findData(last);
    m_usualSolver = settings.value(proofKey(authority, u"solver"_s)).toString();
    setWay(std::max(0, m_usualWay));
}

void ProofForm::describe(lifecycle::ProofSearch& search)
{
    // not as it is proposed: solvers are on their way then, and another one may be chosen until they are here
    if (!m_usual && m_usualWay >= 0)
        if (auto entered = m_ways[m_usualWay]->entered();
            entered && !m_ways[m_usualWay]->newSolver() && entered->solverId == m_usualSolver)
            m_usual = *std::move(entered);
    search.usual = m_usual;
    if (const auto http = m_http->entered())
        search.httpAddress = http->listenAddress;
    if (const auto tls = m_tls->entered())
        search.tlsAddress = tls->listenAddress;
}

void ProofForm::remember(const lifecycle::Authority& authority, Preferences& settings) const
{
    settings.setValue(proofKey(authority, u"way"_s), way().key());
    for (const ProofWay* each : m_ways)
        each->remember(authority, settings, each == &way());
}

std::optional<lifecycle::SolverDetails> ProofForm::newSolver() const
{
    return way().newSolver();
}

bool ProofForm::choose(const ProofSettings& proof)
{
    if (const auto now = entered(); now && *now == proof)
        return true;
    const auto taken = std::find_if(m_ways.cbegin(), m_ways.cend(), [&](ProofWay* each) { return each->take(proof); });
    if (taken == m_ways.cend())
        return false;
    setWay(static_cast<int>(taken - m_ways.cbegin()));
    return true;
}

void ProofForm::take(const ProofSettings& proof)
{
    choose(proof);
    takeOwnChoice();
}

void ProofForm::offer(const challenge::SolverSettings& settings)
{
    way().offer(settings);
}

base::Result<ProofSettings> ProofForm::entered() const
{
    return way().entered();
}

QString ProofForm::hint() const
{
    return way().hint();
}

QString ProofForm::summary() const
{
    return way().summary();
}

} // namespace ui
