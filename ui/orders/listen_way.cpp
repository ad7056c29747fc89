// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/listen_way.h"

#include "lifecycle/authority.h"
#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QSettings>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;

ListenWay::ListenWay(QWidget* parent)
    : ProofWay(parent)
    , m_address(makeLineEdit(u"proofListenAddress"_s, tr("Address and port to listen on"),
                             tr("ADDRESS:PORT, for example 0.0.0.0:80")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_address);
    connect(m_address, &QLineEdit::textChanged, this, &ProofWay::changed);
}

QString ListenWay::key() const
{
    return u"listen"_s;
}

QString ListenWay::title() const
{
    return tr("http-01, answered by Sealwright itself");
}

bool ListenWay::propose(const lifecycle::Authority& authority, const QSettings& settings)
{
    const QString usual = authority.meta.kind == u"pebble" ? u"127.0.0.1:5002"_s : u"0.0.0.0:80"_s;
    const QString key = proofKey(authority, u"listenAddress"_s);
    m_address->setText(settings.value(key, usual).toString());
    return settings.contains(key);
}

void ListenWay::remember(const lifecycle::Authority& authority, QSettings& settings, bool) const
{
    settings.setValue(proofKey(authority, u"listenAddress"_s), m_address->text().trimmed());
}

bool ListenWay::take(const ProofSettings& proof)
{
    if (proof.challengeType != u"http-01" || proof.listenAddress.isEmpty())
        return false;
    m_address->setText(proof.listenAddress);
    return true;
}

bool ListenWay::isModified() const
{
    return m_address->isModified();
}

base::Result<ProofSettings> ListenWay::entered() const
{
    const QString address = m_address->text().trimmed();
    const QString port = address.section(u':', -1);
    bool number = false;
    const uint value = port.toUInt(&number);
    if (!address.contains(u':') || !number || value == 0 || value > 65535)
        return base::invalid(u"listenAddress"_s, tr("Write it as ADDRESS:PORT, for example 0.0.0.0:80."));
    return ProofSettings::http01Listening(address);
}

QString ListenWay::summary() const
{
    return tr("http-01, answered on %1").arg(m_address->text());
}

} // namespace ui
