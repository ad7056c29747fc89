// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/webroot_way.h"

#include "ui/common/path_field.h"
#include "ui/common/preferences.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;

WebrootWay::WebrootWay(QWidget* parent)
    : ProofWay(parent)
    , m_folder(new PathField(PathField::Kind::Folder, u"proofWebroot"_s, tr("Folder that the web server serves"),
                             u"/var/www/html"_s))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_folder);
    connect(m_folder, &PathField::changed, this, &ProofWay::changed);
    connect(m_folder, &PathField::edited, this, &ProofWay::edited);
}

QString WebrootWay::key() const
{
    return u"webroot"_s;
}

QString WebrootWay::title() const
{
    return tr("http-01, by the folder of a web server");
}

bool WebrootWay::propose(const lifecycle::Authority& authority, const Preferences& settings)
{
    m_folder->setPath(settings.value(proofKey(authority, u"webroot"_s)).toString());
    return !m_folder->path().isEmpty();
}

void WebrootWay::remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const
{
    settings.setValue(proofKey(authority, u"webroot"_s), chosen ? m_folder->path() : QString());
}

bool WebrootWay::take(const ProofSettings& proof)
{
    if (proof.challengeType != u"http-01" || proof.webroot.isEmpty() || !proof.host.isEmpty())
        return false;
    m_folder->setPath(proof.webroot);
    return true;
}

base::Result<ProofSettings> WebrootWay::entered() const
{
    if (m_folder->path().isEmpty())
        return base::invalid(u"webroot"_s, tr("Name the folder that the web server serves."));
    return ProofSettings::http01Webroot(m_folder->path());
}

QString WebrootWay::summary() const
{
    return tr("http-01, by the folder %1").arg(m_folder->path());
}

} // namespace ui
