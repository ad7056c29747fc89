// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/issuance_policies.h"

#include "app/cli/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/name_notes.h"
#include "app/cli/session.h"
#include "lifecycle/name_lookups.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::IssuancePolicy;
using lifecycle::NameWarning;

QJsonArray documentOf(const QList<lifecycle::NameRule>& rules)
{
    return QJsonArray::fromStringList(lifecycle::ruleTexts(rules));
}

QJsonObject documentOf(const lifecycle::PolicyOverview& overview, const QString& authority)
{
    QJsonArray policies;
    for (const IssuancePolicy& policy : overview.policies)
        policies.append(QJsonObject {{u"account"_s, policy.accountId},
                                     {u"allow"_s, documentOf(policy.allowed)},
                                     {u"deny"_s, documentOf(policy.denied)}});
    QJsonArray refusals;
    for (const lifecycle::NameRefusal& refusal : overview.refusals)
        refusals.append(QJsonObject {{u"name"_s, refusal.name},
                                     {u"account"_s, refusal.accountId},
                                     {u"at"_s, timeValue(refusal.at)},
                                     {u"type"_s, refusal.type},
                                     {u"detail"_s, refusal.detail},
                                     {u"orderId"_s, refusal.orderId}});
    return {{u"authority"_s, authority}, {u"policies"_s, policies}, {u"refusals"_s, refusals}};
}

Task<Result<Reply>> show(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto overview = co_await session.engine().policies().overview(authority->id);
    if (!overview)
        co_return base::failed(std::move(overview), u"reading the policy");
    co_return Reply {documentOf(*overview, authority->name)};
}

Result<QList<lifecycle::NameRule>> rulesOption(const Arguments& arguments, const QString& option)
{
    auto rules = lifecycle::parseNameRules(arguments.values(option));
    if (!rules)
        return badOption(option, rules.error().detail());
    return rules;
}

Task<Result<Reply>> set(Session& session, Arguments arguments)
{
    auto allowed = rulesOption(arguments, u"allow"_s);
    if (!allowed)
        co_return base::failed(std::move(allowed).error());
    auto denied = rulesOption(arguments, u"deny"_s);
    if (!denied)
        co_return base::failed(std::move(denied).error());
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    const IssuancePolicy policy {authority->id, arguments.value(u"account"_s), *std::move(allowed), *std::move(denied)};
    auto stored = co_await session.engine().policies().set(policy);
    if (!stored)
        co_return base::failed(std::move(stored), u"storing the policy");
    co_return co_await show(session, std::move(arguments));
}

Task<Result<Reply>> check(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto names = base::parseIdentifiers(arguments.words.sliced(1));
    if (!names)
        co_return base::failed(std::move(names).error());
    lifecycle::NameQuestion question;
    question.names = *std::move(names);
    question.authorityId = authority->id;
    question.accountId = arguments.value(u"account"_s);
    auto warnings = co_await session.engine().nameWarnings().about(question);
    if (!warnings)
        co_return base::failed(std::move(warnings), u"checking the names");
    if (!arguments.has(u"offline"_s)) {
        auto missing = co_await session.engine().nameLookups().missing(question, session.stop());
        *warnings += missing.value_or(QList<NameWarning>());
    }
    QJsonArray documents;
    for (const NameWarning& warning : std::as_const(*warnings))
        documents.append(cli::documentOf(warning));
    co_return Reply {documents, {u"name"_s, u"warning"_s, u"detail"_s, u"at"_s, u"certificate"_s}};
}

QList<Option> setOptions()
{
    return {
        {u"account"_s, u"ID"_s, u"For this account alone."_s},
        {u"allow"_s, u"RULE"_s, u"www.example.org, *.example.org, .example.org or 10.0.0.0/8; may repeat."_s},
        {u"deny"_s, u"RULE"_s, u"The same; denying wins. May repeat."_s},
    };
}

QList<Option> checkOptions()
{
    return {
        {u"account"_s, u"ID"_s, u"As this account would order them."_s},
        {u"offline"_s, {}, u"Without asking the DNS."_s},
    };
}

} // namespace

QList<Command> policyCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"policy"_s;
    return {
        {noun,
         u"show"_s,
         u"AUTHORITY"_s,
         1,
         1,
         u"Shows the rules about names, and what the CA refused."_s,
         {},
         Needs::Data,
         show},
        {noun, u"set"_s, u"AUTHORITY"_s, 1, 1, u"Puts these rules in place of those there were; none removes them."_s,
         setOptions(), Needs::Vault, set},
        {noun, u"check"_s, u"AUTHORITY NAME…"_s, 2, -1, u"Tells what speaks against ordering names."_s, checkOptions(),
         Needs::Data, check},
    };
}

} // namespace cli
