// SPDX-License-Identifier: Apache-2.0
#include "challenge/caa_policy.h"

#include "challenge/caa_property.h"

#include <array>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using Code = Statement::Code;
using Verdict = CaaJudgement::Verdict;

constexpr quint8 critical = 128; // all other flags are to be ignored (RFC 8659 section 4.1)

/// Those of IANA's registry, which authorities know although they need not act on all of them.
constexpr std::array knownTags {"issue", "issuewild", "iodef", "contactemail", "contactphone", "issuevmc", "issuemail"};

bool isKnown(const QByteArray& tag)
{
    return std::find(knownTags.begin(), knownTags.end(), tag) != knownTags.end();
}

QList<QByteArray> valuesOf(const QList<dns::Record>& records, QByteArrayView tag)
{
    QList<QByteArray> values;
    for (const dns::Record& record : records)
        if (record.tag == tag)
            values.append(record.value);
    return values;
}

/// The values that count: a wildcard has properties of its own, which take the place of the common ones (section 4.3).
QList<QByteArray> restrictions(const CaaQuestion& question, const QList<dns::Record>& records)
{
    const QList<QByteArray> wild = valuesOf(records, "issuewild");
    return question.name.isWildcard() && !wild.isEmpty() ? wild : valuesOf(records, "issue");
}

/// What one property means for us, whose details name the owner and the issuer first.
CaaJudgement judgeProperty(const CaaQuestion& question, const QString& owner, const CaaProperty& property)
{
    const QStringList accounts = property.values(u"accounturi");
    const QStringList methods = property.values(u"validationmethods");
    const auto judged = [&](Verdict verdict, Code code, const QStringList& more = {}) {
        return CaaJudgement {verdict, {code, QStringList {owner, property.issuer} + more}};
    };
    if (accounts.size() > 1) // RFC 8657 section 3
        return judged(Verdict::Denied, Code::CaaTwoAccounts);
    const QStringList proof {question.name.value(), question.challengeType};
    if (!methods.isEmpty() && methods.constFirst().isEmpty())
        return judged(Verdict::Denied, Code::CaaNoMethod, proof);
    if (!methods.isEmpty() && !methods.constFirst().split(u',').contains(question.challengeType))
        return judged(Verdict::Denied, Code::CaaOtherMethods, proof + methods.first(1));
    if (accounts.isEmpty() || accounts.constFirst() == question.accountUri)
        return judged(Verdict::Allowed, Code::CaaAllows);
    if (question.accountUri.isEmpty())
        return judged(Verdict::Unknown, Code::CaaAccountUnknown, accounts);
    return judged(Verdict::Denied, Code::CaaOtherAccount, accounts + QStringList(question.accountUri));
}

/// Denied, then Unknown, then Allowed: properties add up (section 4.2).
bool isBetter(Verdict one, Verdict other)
{
    const auto rank = [](Verdict verdict) {
        return verdict == Verdict::Allowed ? 2 : verdict == Verdict::Unknown ? 1 : 0;
    };
    return rank(one) > rank(other);
}

QString quoted(const QList<QByteArray>& values)
{
    QStringList texts;
    for (const QByteArray& value : values)
        texts.append(u"\"%1\""_s.arg(QString::fromLatin1(value.left(200))));
    return texts.join(u", "_s);
}

CaaJudgement judgeRestrictions(const CaaQuestion& question, const QString& owner, const QList<QByteArray>& values)
{
    if (question.issuers.isEmpty())
        return {Verdict::Unknown, {Code::CaaNameOfAuthorityUnknown, {owner, quoted(values)}}};
    CaaJudgement best {Verdict::Denied, {Code::CaaOthers, {owner, quoted(values), question.issuers.join(u", "_s)}}};
    for (const QByteArray& value : values) {
        const auto property = CaaProperty::parse(value);
        if (!property || !question.issuers.contains(property->issuer, Qt::CaseInsensitive))
            continue;
        CaaJudgement one = judgeProperty(question, owner, *property);
        if (isBetter(one.verdict, best.verdict) || best.verdict == Verdict::Denied)
            best = std::move(one);
        if (best.verdict == Verdict::Allowed)
            break;
    }
    return best;
}

} // namespace

QStringList caaNames(const base::Identifier& name)
{
    QStringList names;
    if (name.type() == base::Identifier::Type::Dns)
        for (QString each = name.baseName(); !each.isEmpty(); each = dns::parentName(each))
            names.append(each);
    return names;
}

CaaJudgement judgeCaa(const CaaQuestion& question, const QString& owner, const QList<dns::Record>& records)
{
    if (records.isEmpty())
        return {Verdict::Allowed, {Code::CaaNone, {question.name.value()}}};
    for (const dns::Record& record : records)
        if ((record.flags & critical) && !isKnown(record.tag)) // section 4.5
            return {Verdict::Denied, {Code::CaaCritical, {owner, QString::fromLatin1(record.tag.left(50))}}};
    const QList<QByteArray> values = restrictions(question, records);
    if (values.isEmpty())
        return {Verdict::Allowed, {Code::CaaUnrestricted, {owner}}};
    return judgeRestrictions(question, owner, values);
}

} // namespace challenge
