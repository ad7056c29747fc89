// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/issuance_policies.h"

#include "base/logging.h"
#include "lifecycle/journal.h"
#include "lifecycle/policy_repository.h"
#include "lifecycle/repositories.h"

#include <algorithm>
#include <array>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int shownRefusals = 1000;

// What says something about a name and not about the moment: a server that could not be reached is no refusal.
constexpr std::array aboutNames {u"rejectedIdentifier", u"unsupportedIdentifier", u"unauthorized", u"caa"};

QString bareType(const QString& type)
{
    return type.section(u':', -1);
}

bool isAboutNames(const QString& type)
{
    const QString bare = bareType(type);
    return std::any_of(aboutNames.begin(), aboutNames.end(),
                       [&](const char16_t* each) { return bare == QStringView(each); });
}

NameRefusal draft(const OrderRecord& order, const QDateTime& now, const QString& type, const QString& detail)
{
    NameRefusal refusal;
    refusal.authorityId = order.request.authorityId;
    refusal.accountId = order.request.accountId;
    refusal.orderId = order.id;
    refusal.at = now;
    refusal.type = bareType(type);
    refusal.detail = detail;
    return refusal;
}

/// The names that a problem's detail speaks of, all of them where it names none.
QStringList namesIn(const QString& detail, const QStringList& names)
{
    QStringList mentioned;
    for (const QString& name : names)
        if (detail.contains(u'"' + name + u'"') || detail.contains(u'[' + name + u']')
            || detail.split(u' ').contains(name))
            mentioned.append(name);
    return mentioned.isEmpty() ? names : mentioned;
}

} // namespace

QList<NameRefusal> refusalsIn(const OrderRecord& order, const base::Error& error, const QDateTime& now)
{
    QList<NameRefusal> refusals;
    if (!error.problem())
        return refusals;
    const base::ProblemDocument& problem = *error.problem();
    const QStringList names = base::identifierValues(order.request.names);
    for (const base::Subproblem& part : problem.subproblems) {
        if (part.identifier.isEmpty() || !isAboutNames(part.type.isEmpty() ? problem.type : part.type))
            continue;
        NameRefusal refusal = draft(order, now, part.type.isEmpty() ? problem.type : part.type, part.detail);
        refusal.name = part.identifier.toLower();
        refusals.append(refusal);
    }
    if (!refusals.isEmpty() || !isAboutNames(problem.type))
        return refusals;
    for (const QString& name : namesIn(problem.detail, names)) {
        NameRefusal refusal = draft(order, now, problem.type, problem.detail);
        refusal.name = name;
        refusals.append(refusal);
    }
    return refusals;
}

IssuancePolicies::IssuancePolicies(Repositories& repositories, Journal& journal)
    : m_repositories(repositories)
    , m_journal(journal)
{
}

Task<Result<PolicyOverview>> IssuancePolicies::overview(QString authorityId)
{
    auto policies = co_await m_repositories.policies.policies(authorityId);
    if (!policies)
        co_return tl::unexpected(std::move(policies).error());
    auto refusals = co_await m_repositories.policies.refusals(authorityId, shownRefusals);
    if (!refusals)
        co_return tl::unexpected(std::move(refusals).error());
    PolicyOverview overview {*std::move(policies), *std::move(refusals)};
    co_return overview;
}

Task<Result<void>> IssuancePolicies::set(IssuancePolicy policy)
{
    auto authority = co_await m_repositories.authorities.byId(policy.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error().about(u"authority"_s));
    if (!policy.accountId.isEmpty()) {
        auto account = co_await m_repositories.accounts.byId(policy.accountId);
        if (!account)
            co_return tl::unexpected(std::move(account).error().about(u"account"_s));
        if (account->authorityId != policy.authorityId)
            co_return base::invalid(u"account"_s, u"this account belongs to another authority"_s);
    }
    auto stored = co_await m_repositories.policies.store(policy);
    if (!stored)
        co_return stored;
    const QString rules = (ruleTexts(policy.allowed) + ruleTexts(policy.denied)).join(u", "_s);
    co_await m_journal.done(u"policy.set"_s, policy.authorityId, authority->name, Change::Authorities, rules);
    co_return stored;
}

Task<Result<QList<IssuancePolicy>>> IssuancePolicies::applying(QString authorityId, QString accountId)
{
    auto policies = co_await m_repositories.policies.policies(authorityId);
    if (policies)
        policies->removeIf([&accountId](const IssuancePolicy& policy) {
            return !policy.accountId.isEmpty() && policy.accountId != accountId;
        });
    co_return policies;
}

Task<Result<void>> IssuancePolicies::check(IssueRequest request)
{
    auto policies = co_await applying(request.authorityId, request.accountId);
    if (!policies)
        co_return tl::unexpected(std::move(policies).error());
    for (const base::Identifier& name : std::as_const(request.names)) {
        const NameDecision decision = decide(*policies, name);
        if (decision.verdict == NameDecision::Verdict::Denied)
            co_return base::invalid(u"names"_s, denialSentence(name, decision));
    }
    co_return Result<void>();
}

Task<void> IssuancePolicies::learn(OrderRecord order, base::Error error)
{
    auto refusals = refusalsIn(order, error, m_journal.now());
    if (refusals.isEmpty())
        co_return;
    auto kept = co_await m_repositories.policies.remember(std::move(refusals));
    if (!kept)
        qCWarning(base::log::lifecycle) << "what the authority refused could not be kept:" << kept.error().message();
}

Task<void> IssuancePolicies::forget(OrderRecord order)
{
    const QStringList names = base::identifierValues(order.request.names);
    auto forgotten = co_await m_repositories.policies.forget(order.request.authorityId, order.request.accountId, names);
    if (!forgotten)
        qCWarning(base::log::lifecycle) << "refusals could not be forgotten:" << forgotten.error().message();
}

} // namespace lifecycle
