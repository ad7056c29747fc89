// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/eab_rules.h"

#include "acme/server_traits.h"

#include <algorithm>
#include <array>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using Reason = EabFate::Reason;
using Spent = EabFate::Spent;

template <std::size_t N>
bool mentions(const QString& text, const std::array<const char16_t*, N>& words)
{
    return std::any_of(words.begin(), words.end(), [&](const char16_t* word) {
        return text.contains(QString::fromUtf16(word), Qt::CaseInsensitive);
    });
}

// No CA has an error type for it: step-ca says "… was already bound to account …", others "used" or "consumed".
bool saysUsed(const QString& detail)
{
    return mentions(detail,
                    std::to_array({u"already bound", u"already used", u"already been used", u"been consumed",
                                   u"already associated", u"been redeemed", u"already redeemed"}));
}

bool isAboutBinding(const base::ProblemDocument& problem)
{
    if (problem.is(u"unauthorized") || problem.is(u"externalAccountRequired"))
        return true;
    return mentions(
        problem.detail,
        std::to_array({u"external account", u"externalaccount", u"eab", u"hmac", u"key identifier", u"keyid"}));
}

EabFate fateAfterRefusal(const base::ProblemDocument& problem)
{
    if (problem.status >= 500)
        return {Spent::Unknown, Reason::ReplyLost};
    if (!isAboutBinding(problem))
        return {Spent::No, Reason::RefusedBefore};
    return saysUsed(problem.detail) ? EabFate {Spent::Yes, Reason::UsedElsewhere}
                                    : EabFate {Spent::No, Reason::NotAccepted};
}

bool wasNotSent(ErrorCode code)
{
    static constexpr std::array before {ErrorCode::InvalidInput, ErrorCode::NotFound, ErrorCode::UntrustedServer,
                                        ErrorCode::Crypto,       ErrorCode::Locked,   ErrorCode::Unsupported};
    return std::find(before.begin(), before.end(), code) != before.end();
}

} // namespace

EabRules eabRulesOf(const Authority& authority)
{
    const acme::ServerTraits& traits = acme::traitsOf(authority.meta.kind);
    return {authority.meta.externalAccountRequired || traits.requiresExternalAccount, traits.externalAccountIsSingleUse,
            traits.externalAccountDays, traits.requiresContact};
}

QString eabRulesSentence(const EabRules& rules)
{
    QStringList sentences;
    if (rules.singleUse)
        sentences.append(u"a credential is good for one account"_s);
    if (rules.validDays > 0)
        sentences.append(u"unused, it expires after %1 days"_s.arg(rules.validDays));
    if (rules.contactRequired)
        sentences.append(u"the account needs a contact"_s);
    return sentences.join(u"; "_s);
}

EabFate eabFateAfter(const base::Error& error)
{
    if (error.code() == ErrorCode::RateLimited)
        return {Spent::No, Reason::Wait};
    if (error.problem())
        return fateAfterRefusal(*error.problem());
    if (wasNotSent(error.code()))
        return {Spent::No, Reason::NotSent};
    return {Spent::Unknown, Reason::ReplyLost};
}

QString spentName(Spent spent)
{
    switch (spent) {
    case Spent::No:
        return u"no"_s;
    case Spent::Yes:
        return u"yes"_s;
    case Spent::Unknown:
        break;
    }
    return u"unknown"_s;
}

QString eabFateSentence(const EabFate& fate)
{
    switch (fate.reason) {
    case Reason::NotSent:
        return u"the credential is unused: nothing was sent"_s;
    case Reason::Wait:
        return u"the credential is not spent, and stays reserved for the account: the authority asks to wait; resume "
               "the account later"_s;
    case Reason::RefusedBefore:
        return u"the credential is unused: the authority refused something else about the account"_s;
    case Reason::NotAccepted:
        return u"the credential is not spent, but the authority does not accept it: compare key identifier, key and "
               "algorithm with what its portal shows"_s;
    case Reason::UsedElsewhere:
        return u"the credential is spent: the authority says that an account has it already; ask for another"_s;
    case Reason::ReplyLost:
        break;
    }
    return u"whether the credential is spent is unknown, since no clear reply arrived: resume the account, do not "
           u"enter "
           "the credential anew"_s;
}

base::Result<QDateTime> parseExpiry(const QString& text)
{
    const QString written = text.trimmed();
    if (written.isEmpty())
        return QDateTime();
    if (const QDate day = QDate::fromString(written, Qt::ISODate); day.isValid() && written.size() == 10)
        return QDateTime(day, QTime(23, 59, 59), Qt::UTC);
    const QDateTime moment = QDateTime::fromString(written, Qt::ISODate);
    if (!moment.isValid() || written.size() < 16)
        return base::invalid(u"expires"_s, u"“%1” is no date; write it like 2026-12-31"_s.arg(written));
    return moment.toUTC();
}

} // namespace lifecycle
