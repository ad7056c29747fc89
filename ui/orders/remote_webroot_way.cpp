// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/remote_webroot_way.h"

#include "ui/common/preferences.h"
#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;

RemoteWebrootWay::RemoteWebrootWay(QWidget* parent)
    : ProofWay(parent)
    , m_host(makeLineEdit(u"proofRemoteHost"_s, tr("Host that has the folder"),
                          tr("[USER@]HOST[:PORT], or an alias of ssh")))
    , m_folder(makeLineEdit(u"proofRemoteFolder"_s, tr("Folder that the web server there serves"), u"/var/www/html"_s))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QLineEdit* line : {m_host, m_folder}) {
        layout->addWidget(line);
        connect(line, &QLineEdit::textChanged, this, &ProofWay::changed);
        connect(line, &QLineEdit::textEdited, this, &ProofWay::edited);
    }
    m_host->setToolTip(
        tr("Reached by the system's ssh, with a key that needs no question and a host key that is known."));
}

QString RemoteWebrootWay::host() const
{
    return m_host->text().trimmed();
}

QString RemoteWebrootWay::folder() const
{
    return m_folder->text().trimmed();
}

QString RemoteWebrootWay::key() const
{
    return u"remoteWebroot"_s;
}

QString RemoteWebrootWay::title() const
{
    return tr("http-01, by a folder on another host");
}

bool RemoteWebrootWay::propose(const lifecycle::Authority& authority, const Preferences& settings)
{
    m_host->setText(settings.value(proofKey(authority, u"remoteHost"_s)).toString());
    m_folder->setText(settings.value(proofKey(authority, u"remoteFolder"_s)).toString());
    return !host().isEmpty();
}

void RemoteWebrootWay::remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const
{
    settings.setValue(proofKey(authority, u"remoteHost"_s), chosen ? host() : QString());
    settings.setValue(proofKey(authority, u"remoteFolder"_s), chosen ? folder() : QString());
}

bool RemoteWebrootWay::take(const ProofSettings& proof)
{
    if (proof.host.isEmpty())
        return false;
    m_host->setText(proof.host);
    m_folder->setText(proof.webroot);
    return true;
}

base::Result<ProofSettings> RemoteWebrootWay::entered() const
{
    if (host().isEmpty())
        return base::invalid(u"webrootHost"_s, tr("Name the host as ssh knows it."));
    if (!folder().startsWith(u'/'))
        return base::invalid(u"webroot"_s, tr("Name the folder on that host from its root: /var/www/html."));
    return ProofSettings::http01Remote(host(), folder());
}

QString RemoteWebrootWay::summary() const
{
    return tr("http-01, by the folder %1 on %2").arg(folder(), host());
}

} // namespace ui
