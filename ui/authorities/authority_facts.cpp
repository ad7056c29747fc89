// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/authority_facts.h"

#include "acme/server_traits.h"
#include "ui/common/facts.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSslCertificate>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::AuthorityFacts)
};

QString subjectOf(const QSslCertificate& certificate)
{
    const QString name = certificate.subjectInfo(QSslCertificate::CommonName).join(u", "_s);
    return name.isEmpty() ? certificate.subjectInfo(QSslCertificate::Organization).join(u", "_s) : name;
}

QString profilesText(const QMap<QString, QString>& profiles)
{
    QStringList lines;
    for (auto profile = profiles.cbegin(); profile != profiles.cend(); ++profile)
        lines += profile.value().isEmpty() ? profile.key() : u"%1 – %2"_s.arg(profile.key(), profile.value());
    return lines.join(u'\n');
}

} // namespace

QString serverKindText(const QString& kind)
{
    if (kind == u"pebble")
        return Words::tr("Pebble (practice)");
    const acme::ServerTraits& traits = acme::traitsOf(kind);
    if (traits.kind == acme::ServerKind::Generic)
        return Words::tr("ACME server");
    return QString::fromUtf16(traits.displayName);
}

void showMeta(Facts& facts, const lifecycle::AuthorityMeta& meta)
{
    facts.add(Words::tr("Kind"), serverKindText(meta.kind));
    facts.addLink(Words::tr("Terms of service"), meta.termsOfService);
    facts.addLink(Words::tr("Website"), meta.website);
    facts.add(Words::tr("EAB credential"),
              meta.externalAccountRequired ? Words::tr("Required to register") : Words::tr("Not required"));
    facts.add(Words::tr("Profiles"), meta.profiles.isEmpty() ? Words::tr("None offered") : profilesText(meta.profiles));
    facts.add(Words::tr("Renewal info"), meta.renewalInfo ? Words::tr("Offered (ARI)") : Words::tr("Not offered"));
    facts.add(Words::tr("CAA names"), meta.caaIdentities.join(u", "_s));
}

void showRoots(Facts& facts, const QStringList& subjects, const QStringList& fingerprints)
{
    if (subjects.isEmpty())
        facts.add(Words::tr("Root of trust"), Words::tr("The system's store"));
    for (qsizetype index = 0; index < subjects.size(); ++index) {
        facts.add(Words::tr("Pinned root"), subjects.at(index));
        facts.addMono(Words::tr("SHA-256"), fingerprints.value(index));
    }
}

void showAuthority(Facts& facts, const lifecycle::Authority& authority)
{
    facts.add(Words::tr("Directory"), authority.directoryUrl.toString());
    QStringList subjects;
    QStringList fingerprints;
    for (const QSslCertificate& root : QSslCertificate::fromData(authority.rootsPem, QSsl::Pem)) {
        subjects += subjectOf(root);
        fingerprints += QString::fromLatin1(root.digest(QCryptographicHash::Sha256).toHex());
    }
    showRoots(facts, subjects, fingerprints);
    showMeta(facts, authority.meta);
    facts.add(Words::tr("Proxy"), authority.proxy);
    facts.add(Words::tr("Resolvers"), authority.resolvers.join(u", "_s));
    facts.addTime(Words::tr("Checked"), authority.checkedAt);
    facts.addTime(Words::tr("Added"), authority.createdAt);
}

} // namespace ui
