// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_persist01_finding.h"

#include "base/name_table.h"
#include "challenge/dns_persist01_record.h"
#include "dns/record.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array verdictNames {
    base::Named {PersistVerdict::Fits, u"fits"},
    base::Named {PersistVerdict::OtherKey, u"other-key"},
    base::Named {PersistVerdict::Over, u"over"},
    base::Named {PersistVerdict::NoWildcard, u"no-wildcard"},
    base::Named {PersistVerdict::OtherAccount, u"other-account"},
    base::Named {PersistVerdict::Malformed, u"malformed"},
    base::Named {PersistVerdict::OtherIssuer, u"other-issuer"},
    base::Named {PersistVerdict::Missing, u"missing"},
};

/// Byte for byte (RFC 3986 section 6.2.1).
bool isAccount(const QString& uri, const DnsPersist01Demand& demand)
{
    return uri == persistentAccountUri(demand.terms, demand.account, demand.domain)
        || uri == persistentAccountUri(demand.terms, demand.account, QString::fromLatin1(AnyDomain));
}

PersistVerdict verdictOf(const DnsPersist01Record& record, const DnsPersist01Demand& demand)
{
    const bool known = isAccount(record.accountUri, demand);
    if (!known && !(demand.terms.isHashed() && record.accountUri.startsWith(demand.terms.accountHashPrefix)))
        return PersistVerdict::OtherAccount;
    if (demand.needsWildcard && !record.wildcard)
        return PersistVerdict::NoWildcard;
    if (record.persistUntil && demand.now.toSecsSinceEpoch() > *record.persistUntil)
        return PersistVerdict::Over;
    return known ? PersistVerdict::Fits : PersistVerdict::OtherKey;
}

QString moment(qint64 seconds)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    return time.isValid() ? time.toString(Qt::ISODate) : QString::number(seconds);
}

QString words(PersistVerdict verdict, const DnsPersist01Record& record, const DnsPersist01Demand& demand)
{
    switch (verdict) {
    case PersistVerdict::OtherKey:
        return u"its hash is of another account, or of a key that this account had before"_s;
    case PersistVerdict::Over:
        return u"its persistUntil was %1"_s.arg(moment(record.persistUntil.value_or(0)));
    case PersistVerdict::NoWildcard:
        return u"it lacks policy=wildcard"_s;
    case PersistVerdict::OtherAccount:
        return u"it names the account %1, not %2"_s.arg(
            record.accountUri.left(200), persistentAccountUri(demand.terms, demand.account, demand.domain));
    default:
        return {};
    }
}

DnsPersist01Finding judgeOne(const QByteArray& value, const DnsPersist01Demand& demand)
{
    DnsPersist01Finding finding;
    finding.value = value;
    const QString issuer = dns::normalName(dnsPersist01Issuer(value)); // draft 00 section 4
    if (!demand.terms.issuerNames.isEmpty() && !demand.terms.issuerNames.contains(issuer)) {
        finding.verdict = PersistVerdict::OtherIssuer;
        finding.detail =
            u"it is for the issuer %1, not %2"_s.arg(issuer.left(100), demand.terms.issuerNames.join(u" or "_s));
        return finding;
    }
    const auto record = DnsPersist01Record::parse(value);
    finding.verdict = record ? verdictOf(*record, demand) : PersistVerdict::Malformed;
    finding.detail = record ? words(finding.verdict, *record, demand) : record.error().detail();
    if (record)
        finding.persistUntil = record->persistUntil;
    return finding;
}

} // namespace

QString persistVerdictName(PersistVerdict verdict)
{
    return base::nameIn(verdictNames, verdict);
}

std::optional<PersistVerdict> persistVerdictFromName(QStringView name)
{
    return base::valueIn(verdictNames, name);
}

DnsPersist01Finding judgeDnsPersist01(const QList<QByteArray>& values, const DnsPersist01Demand& demand)
{
    DnsPersist01Finding best;
    best.detail = u"there is no such TXT record"_s;
    for (const QByteArray& value : values) {
        DnsPersist01Finding finding = judgeOne(value, demand);
        // of several that fit, the one that lasts longest
        const bool lastsLonger = finding.verdict == best.verdict && best.persistUntil
            && (!finding.persistUntil || *finding.persistUntil > *best.persistUntil);
        if (finding.verdict < best.verdict || lastsLonger)
            best = std::move(finding);
    }
    best.recordName = dnsPersist01RecordName(demand.domain);
    return best;
}

} // namespace challenge
