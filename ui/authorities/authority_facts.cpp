// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/authority_facts.h"

#include "acme/server_traits.h"
#include "lifecycle/root_change.h"
#include "ui/common/date_text.h"
#include "ui/common/error_text.h"
#include "ui/common/facts.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct AuthorityFactWords {
    Q_DECLARE_TR_FUNCTIONS(ui::AuthorityFacts)
};

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
        return AuthorityFactWords::tr("Pebble (practice)");
    const acme::ServerTraits& traits = acme::traitsOf(kind);
    if (traits.kind == acme::ServerKind::Generic)
        return AuthorityFactWords::tr("ACME server");
    return QString::fromUtf16(traits.displayName);
}

void showMeta(Facts& facts, const lifecycle::AuthorityMeta& meta)
{
    facts.add(AuthorityFactWords::tr("Kind"), serverKindText(meta.kind));
    facts.addLink(AuthorityFactWords::tr("Terms of service"), meta.termsOfService);
    facts.addLink(AuthorityFactWords::tr("Website"), meta.website);
    facts.add(AuthorityFactWords::tr("EAB credential"),
              meta.externalAccountRequired ? AuthorityFactWords::tr("Required to register")
                                           : AuthorityFactWords::tr("Not required"));
    facts.add(AuthorityFactWords::tr("Profiles"),
              meta.profiles.isEmpty() ? AuthorityFactWords::tr("None offered") : profilesText(meta.profiles));
    facts.add(AuthorityFactWords::tr("Renewal info"),
              meta.renewalInfo ? AuthorityFactWords::tr("Offered (ARI)") : AuthorityFactWords::tr("Not offered"));
    facts.add(AuthorityFactWords::tr("CAA names"), meta.caaIdentities.join(u", "_s));
}

void showRoots(Facts& facts, const QStringList& subjects, const QStringList& fingerprints)
{
    if (subjects.isEmpty())
        facts.add(AuthorityFactWords::tr("Root of trust"), AuthorityFactWords::tr("The system's store"));
    for (qsizetype index = 0; index < subjects.size(); ++index) {
        facts.add(AuthorityFactWords::tr("Pinned root"), subjects.at(index));
        facts.addMono(AuthorityFactWords::tr("SHA-256"), fingerprints.value(index));
    }
}

QString clockText(const lifecycle::AuthorityCondition& condition)
{
    if (!condition.clockOffsetMs)
        return {};
    const qint64 offset = *condition.clockOffsetMs;
    if (qAbs(offset) < lifecycle::ClockSkewWorthTellingMs)
        return AuthorityFactWords::tr("Its clock agrees with this machine's (%1 s).")
            .arg(QLocale().toString(static_cast<double>(offset) / 1000.0, 'f', 1));
    const QString apart = durationText(qAbs(offset) / 1000);
    const QString which = offset > 0 ? AuthorityFactWords::tr("Its clock is %1 ahead of this machine's.").arg(apart)
                                     : AuthorityFactWords::tr("Its clock is %1 behind this machine's.").arg(apart);
    return which + u' '
        + AuthorityFactWords::tr(
               "One of them is wrong: certificates may seem not valid yet or expired. Set both by NTP.");
}

Status statusOf(const lifecycle::AuthorityCondition& condition, const QDateTime& now)
{
    if (condition.isStopped())
        return {AuthorityFactWords::tr("Stopped"), u"bad"_s, Severity::Bad};
    if (!condition.checkedAt.isValid())
        return {AuthorityFactWords::tr("Not looked at yet"), u"neutral"_s, Severity::Neutral};
    if (condition.rateLimitedUntil > now)
        return {AuthorityFactWords::tr("Rate limited"), u"waiting"_s, Severity::Attention};
    if (condition.error)
        return {AuthorityFactWords::tr("Not reachable"), u"attention"_s, Severity::Attention};
    if (condition.clockOffsetMs && qAbs(*condition.clockOffsetMs) >= lifecycle::ClockSkewWorthTellingMs)
        return {AuthorityFactWords::tr("Clock differs"), u"attention"_s, Severity::Attention};
    return {AuthorityFactWords::tr("Reachable"), u"ok"_s, Severity::Good};
}

QString conditionText(const lifecycle::AuthorityCondition& condition, const QDateTime& now)
{
    if (condition.isStopped())
        return AuthorityFactWords::tr(
            "Its server no longer shows what is trusted; nothing is sent until you compared the root.");
    if (condition.rateLimitedUntil > now)
        return AuthorityFactWords::tr("It asked to be left alone until %1.").arg(localTime(condition.rateLimitedUntil));
    if (condition.error)
        return explain(*condition.error).sentence();
    if (!condition.checkedAt.isValid())
        return {};
    return AuthorityFactWords::tr("Answers in %1 ms. %2").arg(condition.latencyMs).arg(clockText(condition)).trimmed();
}

void showCondition(Facts& facts, const lifecycle::AuthorityCondition& condition)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    facts.addStatus(AuthorityFactWords::tr("State"), statusOf(condition, now));
    if (condition.error)
        facts.add(AuthorityFactWords::tr("Why"), explain(*condition.error).sentence());
    if (condition.latencyMs >= 0)
        facts.add(AuthorityFactWords::tr("Answers in"), AuthorityFactWords::tr("%1 ms").arg(condition.latencyMs));
    facts.add(AuthorityFactWords::tr("Clock"), clockText(condition));
    if (condition.rateLimitedUntil > now)
        facts.addTime(AuthorityFactWords::tr("Rate limited until"), condition.rateLimitedUntil);
    if (condition.checkedAt.isValid())
        facts.addTime(AuthorityFactWords::tr("Looked at"), condition.checkedAt);
}

void showAuthority(Facts& facts, const lifecycle::Authority& authority)
{
    facts.add(AuthorityFactWords::tr("Directory"), authority.directoryUrl.toString());
    QStringList subjects;
    QStringList fingerprints;
    for (const lifecycle::CertificateFacts& root : lifecycle::certificateFacts(authority.rootsPem)) {
        subjects += root.subject;
        fingerprints += root.sha256;
    }
    showRoots(facts, subjects, fingerprints);
    showMeta(facts, authority.meta);
    for (const lifecycle::CertificateFacts& root : lifecycle::certificateFacts(authority.issuingRootsPem)) {
        facts.add(AuthorityFactWords::tr("Issues only under"), root.subject);
        facts.addMono(AuthorityFactWords::tr("SHA-256"), root.sha256);
    }
    facts.add(AuthorityFactWords::tr("Proxy"),
              authority.proxyCredentials.isEmpty()
                  ? authority.proxy
                  : AuthorityFactWords::tr("%1, with a user name and password from the vault").arg(authority.proxy));
    facts.add(AuthorityFactWords::tr("Resolvers"), authority.resolvers.join(u", "_s));
    facts.addTime(AuthorityFactWords::tr("Checked"), authority.checkedAt);
    facts.addTime(AuthorityFactWords::tr("Added"), authority.createdAt);
}

} // namespace ui
