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
using lifecycle::Account;

Result<lifecycle::AccountDetails> detailsFrom(const Arguments& arguments, const QString& authorityId)
{
    lifecycle::AccountDetails details;
    const auto keyType = crypto::keyTypeFromName(arguments.value(u"key"_s, u"ec-p256"_s));
    if (!keyType)
        return badOption(u"key"_s, keyType.error().detail());
    details.authorityId = authorityId;
    details.contacts = arguments.values(u"contact"_s);
    details.keyType = *keyType;
    details.termsAgreed = arguments.has(u"agree-tos"_s);
    return details;
}

/// In the words of the command line.
base::Error worded(base::Error error)
{
    if (error.field() == u"terms")
        return base::Error(error.code(), error.detail() + u" (--agree-tos)"_s).about(u"agree-tos"_s);
    if (error.field() == u"eab")
        return base::Error(error.code(), error.detail() + u" (--eab-kid, --eab-key-file)"_s).about(u"eab-kid"_s);
    return error;
}

/// The step that an error names: where a credential was used, also whether that spent it.
QString registeringStep(const QString& credentialId, const base::Error& error)
{
    const QString step = u"registering the account"_s;
    if (credentialId.isEmpty())
        return step;
    return u"%1 (%2)"_s.arg(step, lifecycle::eabFateSentence(lifecycle::eabFateAfter(error)));
}

Task<Result<Reply>> registerAccount(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto details = detailsFrom(arguments, authority->id);
    if (!details)
        co_return base::failed(std::move(details).error());
    auto credential = co_await credentialFor(session, authority->id, arguments);
    if (!credential)
        co_return base::failed(std::move(credential).error());
    if (*credential)
        details->eabCredentialId = (*credential)->id;
    auto account = co_await session.engine().accounts().registerAccount(*details, session.stop());
    if (!account) {
        const QString step = registeringStep(details->eabCredentialId, account.error());
        co_return base::failed(worded(std::move(account).error()).during(step));
    }
    co_return Reply {documentOf(*account, authority->name)};
}

Task<Result<Reply>> list(Session& session, Arguments)
{
    auto names = co_await authorityNames(session);
    if (!names)
        co_return base::failed(std::move(names).error());
    auto accounts = co_await session.engine().accounts().all();
    if (!accounts)
        co_return base::failed(std::move(accounts).error());
    QJsonArray documents;
    for (const Account& account : *accounts)
        documents.append(documentOf(account, names->value(account.authorityId)));
    co_return Reply {documents, {u"id"_s, u"authority"_s, u"state"_s, u"key"_s, u"contacts"_s}};
}

/// The account that `asked` brings; `step` is what an error says was done.
Task<Result<Reply>> replyFor(Session& session, Task<Result<Account>> asked, QString step)
{
    auto account = co_await std::move(asked);
    if (!account)
        co_return base::failed(std::move(account), step);
    auto names = co_await authorityNames(session);
    if (!names)
        co_return base::failed(std::move(names).error());
    co_return Reply {documentOf(*account, names->value(account->authorityId))};
}

Task<Result<Reply>> show(Session& session, Arguments arguments)
{
    return replyFor(session, session.engine().accounts().byId(arguments.words[0]), u"showing the account"_s);
}

Task<Result<Reply>> resume(Session& session, Arguments arguments)
{
    return replyFor(session, session.engine().accounts().resume(arguments.words[0], session.stop()),
                    u"resuming the registration"_s);
}

Task<Result<Reply>> update(Session& session, Arguments arguments)
{
    lifecycle::Accounts& accounts = session.engine().accounts();
    const QString id = arguments.words[0];
    auto asked = arguments.has(u"contact"_s)
        ? accounts.updateContacts(id, arguments.values(u"contact"_s), session.stop())
        : accounts.findByKey(id, session.stop());
    return replyFor(session, std::move(asked), u"updating the account"_s);
}

Task<Result<Reply>> deactivate(Session& session, Arguments arguments)
{
    return replyFor(session, session.engine().accounts().deactivate(arguments.words[0], session.stop()),
                    u"deactivating the account"_s);
}

QList<Option> updateOptions()
{
    return {{u"contact"_s, u"URI"_s, u"A mail address or URI for the CA's notices; may repeat."_s}};
}

QList<Option> registerOptions()
{
    return {
        {u"contact"_s, u"URI"_s, u"A mail address or URI for the CA's notices; may repeat."_s},
        {u"agree-tos"_s, {}, u"Agrees to the CA's terms of service."_s},
        {u"key"_s, u"TYPE"_s, u"ec-p256 (default), ec-p384, ed25519, rsa-2048, rsa-3072 or rsa-4096."_s},
        {u"eab-kid"_s, u"KID"_s, u"External account binding; alone it uses a stored credential."_s},
        {u"eab-key-file"_s, u"FILE"_s, u"The HMAC key of that binding, as the CA shows it."_s},
        {u"eab-alg"_s, u"ALG"_s, u"HS256 (default), HS384 or HS512."_s},
        {u"eab-key-decoding"_s, u"HOW"_s, u"“once” or “twice”, where the key looks encoded twice."_s},
    };
}

} // namespace

QList<Command> accountCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"account"_s;
    return {
        {noun, u"register"_s, u"AUTHORITY"_s, 1, 1, u"Registers an account."_s, registerOptions(), Needs::OpenVault,
         registerAccount},
        {noun, u"list"_s, {}, 0, 0, u"Lists the accounts."_s, {}, Needs::Data, list},
        {noun, u"show"_s, u"ID"_s, 1, 1, u"Shows one account."_s, {}, Needs::Data, show},
        {noun,
         u"resume"_s,
         u"ID"_s,
         1,
         1,
         u"Asks again for an account whose registration has no known outcome."_s,
         {},
         Needs::OpenVault,
         resume},
        {noun, u"update"_s, u"ID"_s, 1, 1,
         u"Changes the contacts; without any, asks the CA which account the key has."_s, updateOptions(),
         Needs::OpenVault, update},
        {noun,
         u"deactivate"_s,
         u"ID"_s,
         1,
         1,
         u"Ends an account at the CA for good."_s,
         {},
         Needs::OpenVault,
         deactivate},
    };
}

} // namespace cli
