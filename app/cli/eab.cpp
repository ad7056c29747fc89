// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/accounts.h"

#include "app/cli/documents.h"
#include "app/cli/eab_key.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"
#include "lifecycle/eab_rules.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::EabChanges;
using lifecycle::EabCredential;

Task<Result<Reply>> add(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto credential = co_await storeCredential(session, authority->id, arguments.words[1], QString(), arguments);
    if (!credential)
        co_return base::failed(std::move(credential).error());
    QJsonObject document = documentOf(*credential, authority->name);
    document[u"rules"_s] = lifecycle::eabRulesSentence(lifecycle::eabRulesOf(*authority));
    co_return Reply {document};
}

Result<std::optional<EabCredential::State>> stateOption(const Arguments& arguments)
{
    if (!arguments.has(u"state"_s))
        return std::nullopt;
    QStringList names;
    for (const auto state : lifecycle::allEabStates()) {
        names.append(lifecycle::eabStateName(state));
        if (names.constLast() == arguments.value(u"state"_s))
            return state;
    }
    return badOption(u"state"_s, u"write one of "_s + names.join(u", "_s));
}

Task<Result<Reply>> list(Session& session, Arguments arguments)
{
    const auto state = stateOption(arguments);
    if (!state)
        co_return base::failed(state.error());
    auto names = co_await authorityNames(session);
    if (!names)
        co_return base::failed(std::move(names).error());
    auto credentials = co_await session.engine().accounts().credentials();
    if (!credentials)
        co_return base::failed(std::move(credentials).error());
    const QString filter = arguments.value(u"filter"_s);
    QJsonArray documents;
    for (const EabCredential& credential : *credentials) {
        const QString authority = names->value(credential.authorityId);
        if (credential.state == state->value_or(credential.state) && credential.matches(filter, authority))
            documents.append(documentOf(credential, authority));
    }
    co_return Reply {documents,
                     {u"id"_s, u"authority"_s, u"kid"_s, u"algorithm"_s, u"state"_s, u"owner"_s, u"host"_s,
                      u"expires"_s, u"label"_s}};
}

Result<EabChanges> changesFrom(const Arguments& arguments)
{
    EabChanges changes;
    const auto given = [&arguments](const QString& option) {
        return arguments.has(option) ? std::optional(arguments.value(option)) : std::nullopt;
    };
    changes.label = given(u"label"_s);
    changes.owner = given(u"owner"_s);
    changes.host = given(u"host"_s);
    if (arguments.has(u"contact"_s))
        changes.contacts = arguments.values(u"contact"_s);
    const auto expiry = lifecycle::parseExpiry(arguments.value(u"expires"_s));
    if (!expiry)
        return badOption(u"expires"_s, expiry.error().detail());
    if (arguments.has(u"expires"_s))
        changes.expiresAt = *expiry;
    const auto state = stateOption(arguments);
    if (!state)
        return base::failed(state.error());
    changes.state = *state;
    return changes;
}

Task<Result<Reply>> update(Session& session, Arguments arguments)
{
    auto changes = changesFrom(arguments);
    if (!changes)
        co_return base::failed(std::move(changes).error());
    auto names = co_await authorityNames(session);
    if (!names)
        co_return base::failed(std::move(names).error());
    auto credential = co_await session.engine().accounts().updateCredential(arguments.words[0], *std::move(changes));
    if (!credential)
        co_return base::failed(std::move(credential), u"updating the credential");
    co_return Reply {documentOf(*credential, names->value(credential->authorityId))};
}

Task<Result<Reply>> remove(Session& session, Arguments arguments)
{
    auto removed = co_await session.engine().accounts().removeCredential(arguments.words[0]);
    if (!removed)
        co_return base::failed(std::move(removed), u"removing the credential");
    co_return removedReply(arguments.words[0]);
}

QList<Option> wordOptions()
{
    return {
        {u"label"_s, u"TEXT"_s, u"A note for people."_s},
        {u"owner"_s, u"TEXT"_s, u"Who answers for it."_s},
        {u"host"_s, u"NAME"_s, u"The machine that it is for."_s},
        {u"expires"_s, u"DATE"_s, u"Its last day, like 2026-12-31."_s},
    };
}

QList<Option> addOptions()
{
    return QList<Option> {
               {u"key-file"_s, u"FILE"_s, u"The HMAC key, as the CA shows it."_s},
               {u"alg"_s, u"ALG"_s, u"HS256 (default), HS384 or HS512."_s},
               {u"key-decoding"_s, u"HOW"_s, u"“once” or “twice”, where the key looks encoded twice."_s},
           }
    + wordOptions();
}

QList<Option> listOptions()
{
    return {
        {u"state"_s, u"STATE"_s, u"Only those: unused, reserved, bound, spent, refused or expired."_s},
        {u"filter"_s, u"WORDS"_s, u"Only those that have every word, in whatever field."_s},
    };
}

QList<Option> updateOptions()
{
    return wordOptions()
        + QList<Option> {
            {u"contact"_s, u"URI"_s, u"For the account that is to use it; may repeat."_s},
            {u"state"_s, u"STATE"_s, u"“unused” or “spent”, where you know better."_s},
        };
}

} // namespace

QList<Command> eabCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"eab"_s;
    return {
        {noun, u"add"_s, u"AUTHORITY KID"_s, 2, 2, u"Stores an external account binding credential."_s, addOptions(),
         Needs::Vault, add},
        {noun, u"list"_s, {}, 0, 0, u"Lists the credentials."_s, listOptions(), Needs::Data, list},
        {noun, u"update"_s, u"ID"_s, 1, 1, u"Changes what is written about a credential."_s, updateOptions(),
         Needs::Vault, update},
        {noun, u"remove"_s, u"ID"_s, 1, 1, u"Forgets a credential."_s, {}, Needs::Vault, remove},
    };
}

} // namespace cli
