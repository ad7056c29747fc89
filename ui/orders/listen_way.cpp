// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/listen_way.h"

#include "lifecycle/authority.h"
#include "lifecycle/proof_suggestion.h"
#include "ui/common/preferences.h"
#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;

ListenWay::ListenWay(Challenge challenge, QWidget* parent)
    : ProofWay(parent)
    , m_challenge(challenge)
    , m_address(challenge == Challenge::Http01
                    ? makeLineEdit(u"proofListenAddress"_s, tr("Address and port to listen on"),
                                   tr("ADDRESS:PORT, for example 0.0.0.0:80"))
                    : makeLineEdit(u"proofTlsListenAddress"_s, tr("Address and port to listen on for TLS"),
                                   tr("ADDRESS:PORT, for example 0.0.0.0:443")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_address);
    connect(m_address, &QLineEdit::textChanged, this, &ProofWay::changed);
    connect(m_address, &QLineEdit::textEdited, this, &ProofWay::edited);
}

QString ListenWay::key() const
{
    return m_challenge == Challenge::Http01 ? u"listen"_s : u"tls-alpn"_s;
}

QString ListenWay::title() const
{
    return m_challenge == Challenge::Http01 ? tr("http-01, answered by Sealwright itself")
                                            : tr("tls-alpn-01, answered by Sealwright itself");
}

QString ListenWay::settingsName() const
{
    return m_challenge == Challenge::Http01 ? u"listenAddress"_s : u"tlsListenAddress"_s;
}

bool ListenWay::propose(const lifecycle::Authority& authority, const Preferences& settings)
{
    const bool isHttp = m_challenge == Challenge::Http01;
    const QString usual = lifecycle::usualListenAddress(authority, isHttp ? u"http-01" : u"tls-alpn-01");
    const QString key = proofKey(authority, settingsName());
    m_address->setText(settings.value(key, usual).toString());
    // The address for TLS may be known without having been used; who used it has the way itself remembered.
    return isHttp && settings.contains(key);
}

void ListenWay::remember(const lifecycle::Authority& authority, Preferences& settings, bool) const
{
    settings.setValue(proofKey(authority, settingsName()), m_address->text().trimmed());
}

bool ListenWay::take(const ProofSettings& proof)
{
    const QString type = m_challenge == Challenge::Http01 ? u"http-01"_s : u"tls-alpn-01"_s;
    if (proof.challengeType != type || proof.listenAddress.isEmpty())
        return false;
    m_address->setText(proof.listenAddress);
    return true;
}

base::Result<ProofSettings> ListenWay::entered() const
{
    const QString address = m_address->text().trimmed();
    const QString port = address.section(u':', -1);
    bool number = false;
    const uint value = port.toUInt(&number);
    const bool isHttp = m_challenge == Challenge::Http01;
    if (!address.contains(u':') || !number || value == 0 || value > 65535)
        return base::invalid(u"listenAddress"_s,
                             isHttp ? tr("Write it as ADDRESS:PORT, for example 0.0.0.0:80.")
                                    : tr("Write it as ADDRESS:PORT, for example 0.0.0.0:443."));
    return isHttp ? ProofSettings::http01Listening(address) : ProofSettings::tlsAlpn01Listening(address);
}

QString ListenWay::hint() const
{
    return m_challenge == Challenge::Http01
        ? QString()
        : tr("The authority connects to port 443 of each name, which has to lead here; wildcards are not possible.");
}

QString ListenWay::summary() const
{
    return (m_challenge == Challenge::Http01 ? tr("http-01, answered on %1") : tr("tls-alpn-01, answered on %1"))
        .arg(m_address->text());
}

} // namespace ui
