// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/proof_form.h"

#include "lifecycle/authority.h"
#include "ui/orders/dns_way.h"
#include "ui/orders/listen_way.h"
#include "ui/orders/persist_way.h"
#include "ui/orders/remote_webroot_way.h"
#include "ui/orders/webroot_way.h"

#include <QComboBox>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;

ProofForm::ProofForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_way(new QComboBox)
    , m_ways {new ListenWay(ListenWay::Challenge::Http01),    new WebrootWay,        new RemoteWebrootWay,
              new ListenWay(ListenWay::Challenge::TlsAlpn01), new DnsWay(workspace), new PersistWay}
{
    m_way->setObjectName(u"proofWay"_s);
    m_way->setAccessibleName(tr("How names are proved"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_way);
    for (ProofWay* way : m_ways) {
        m_way->addItem(way->title(), way->key());
        layout->addWidget(way);
        connect(way, &ProofWay::changed, this, &ProofForm::changed);
    }
    connect(m_way, &QComboBox::currentIndexChanged, this, &ProofForm::showChosen);
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

void ProofForm::propose(const lifecycle::Authority& authority, const QSettings& settings)
{
    // What the operator typed while the list of authorities was on its way stays, unless another one is chosen.
    const bool another = !m_proposedFor.isEmpty() && m_proposedFor != authority.id;
    m_proposedFor = authority.id;
    const bool typed =
        std::any_of(m_ways.cbegin(), m_ways.cend(), [](const ProofWay* each) { return each->isModified(); });
    if (!another && typed)
        return;
    const QString last = settings.value(proofKey(authority, u"way"_s)).toString();
    QString used = m_ways.constFirst()->key();
    for (ProofWay* each : m_ways)
        if (each->propose(authority, settings))
            used = each->key();
    m_way->setCurrentIndex(std::max(0, m_way->findData(last.isEmpty() ? used : last)));
}

void ProofForm::remember(const lifecycle::Authority& authority, QSettings& settings) const
{
    settings.setValue(proofKey(authority, u"way"_s), way().key());
    for (const ProofWay* each : m_ways)
        each->remember(authority, settings, each == &way());
}

std::optional<lifecycle::SolverDetails> ProofForm::newSolver() const
{
    return way().newSolver();
}

void ProofForm::choose(const ProofSettings& proof)
{
    const auto taken = std::find_if(m_ways.cbegin(), m_ways.cend(), [&](ProofWay* each) { return each->take(proof); });
    if (taken != m_ways.cend())
        m_way->setCurrentIndex(static_cast<int>(taken - m_ways.cbegin()));
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
