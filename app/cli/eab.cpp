// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/accounts.h"

#include "app/cli/documents.h"
#include "app/cli/eab_key.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Task<Result<Reply>> add(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto credential = co_await storeCredential(session, authority->id, arguments.words[1], QString(), arguments);
    if (!credential)
        co_return base::failed(std::move(credential).error());
    co_return Reply {documentOf(*credential, authority->name)};
}

Task<Result<Reply>> list(Session& session, Arguments)
{
    auto names = co_await authorityNames(session);
    if (!names)
        co_return base::failed(std::move(names).error());
    auto credentials = co_await session.engine().accounts().credentials();
    if (!credentials)
        co_return base::failed(std::move(credentials).error());
    QJsonArray documents;
    for (const lifecycle::EabCredential& credential : *credentials)
        documents.append(documentOf(credential, names->value(credential.authorityId)));
    co_return Reply {documents, {u"id"_s, u"authority"_s, u"kid"_s, u"algorithm"_s, u"state"_s, u"label"_s}};
}

Task<Result<Reply>> remove(Session& session, Arguments arguments)
{
    auto removed = co_await session.engine().accounts().removeCredential(arguments.words[0]);
    if (!removed)
        co_return base::failed(std::move(removed), u"removing the credential");
    co_return removedReply(arguments.words[0]);
}

QList<Option> addOptions()
{
    return {
        {u"key-file"_s, u"FILE"_s, u"The HMAC key, as the CA shows it."_s},
        {u"alg"_s, u"ALG"_s, u"HS256 (default), HS384 or HS512."_s},
        {u"label"_s, u"TEXT"_s, u"A note for people."_s},
        {u"key-decoding"_s, u"HOW"_s, u"“once” or “twice”, where the key looks encoded twice."_s},
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
        {noun, u"list"_s, {}, 0, 0, u"Lists the credentials."_s, {}, Needs::Data, list},
        {noun, u"remove"_s, u"ID"_s, 1, 1, u"Forgets a credential."_s, {}, Needs::Vault, remove},
    };
}

} // namespace cli
