// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_imports.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/accounts.h"

#include "app/cli/documents.h"
#include "app/cli/eab_key.h"
#include "app/cli/exit_code.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "lifecycle/account_words.h"
#include "lifecycle/eab_rules.h"

#include <QJsonDocument>

#include <algorithm>

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
    if (!details->contacts.isEmpty() && !lifecycle::keepsContacts(*authority))
        printLine(u"%1 keeps no contacts, so none is sent"_s.arg(authority->name));
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

/// The account with what ends where it is deactivated.
Task<Result<Reply>> show(Session& session, Arguments arguments)
{
    const QString id = arguments.words[0];
    auto shown = co_await replyFor(session, session.engine().accounts().byId(id), u"showing the account"_s);
    if (!shown)
        co_return shown;
    auto dependents = co_await session.engine().accounts().dependents(id);
    if (!dependents)
        co_return base::failed(std::move(dependents), u"showing the account");
    QJsonObject document = shown->document.toObject();
    document[u"usedBy"_s] = documentOf(*dependents);
    shown->document = document;
    co_return shown;
}

Task<Result<Reply>> resume(Session& session, Arguments arguments)
{
    return replyFor(session, session.engine().accounts().resume(arguments.words[0], session.stop()),
                    u"resuming the registration"_s);
}

QString sentenceOf(lifecycle::RolloverStep step)
{
    switch (step) {
    case lifecycle::RolloverStep::WaitingForOrders:
        return u"waiting for orders whose names are being validated"_s;
    case lifecycle::RolloverStep::MakingKey:
        return u"making the new key"_s;
    case lifecycle::RolloverStep::KeyStored:
        return u"both keys are stored; asking the authority to take the new one"_s;
    case lifecycle::RolloverStep::Asking:
        return u"asking which of the keys the authority has"_s;
    case lifecycle::RolloverStep::Confirmed:
        return u"the authority has the new key"_s;
    }
    return QString();
}

/// Tells each step on standard error; silent with `--json`, unless `--progress` was given.
lifecycle::RolloverNotice noticeFor(const Session& session, const Arguments& arguments)
{
    const bool json = session.options().json;
    if (json && !arguments.has(u"progress"_s))
        return {};
    return [json](lifecycle::RolloverStep step) {
        const QJsonObject line {{u"step"_s, lifecycle::rolloverStepName(step)}};
        printLine(json ? QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)) : sentenceOf(step));
    };
}

Task<Result<Reply>> rollOver(Session& session, Arguments arguments)
{
    lifecycle::AccountKeys& keys = session.engine().accountKeys();
    const QString id = arguments.words[0];
    const QString step = u"changing the account key"_s;
    if (arguments.has(u"abandon"_s))
        co_return co_await replyFor(session, keys.abandonRollover(id, session.stop()), step);
    std::optional<crypto::KeyType> type;
    if (arguments.has(u"key"_s)) {
        const auto named = crypto::keyTypeFromName(arguments.value(u"key"_s));
        if (!named)
            co_return badOption(u"key"_s, named.error().detail());
        type = *named;
    }
    co_return co_await replyFor(session, keys.rollOver(id, type, noticeFor(session, arguments), session.stop()), step);
}

Task<Result<Reply>> update(Session& session, Arguments arguments)
{
    lifecycle::Accounts& accounts = session.engine().accounts();
    const QString id = arguments.words[0];
    if (arguments.has(u"agree-tos"_s)) {
        auto agreed = co_await accounts.agreeToTerms(id, QUrl(), session.stop());
        if (!agreed)
            co_return base::failed(std::move(agreed), u"agreeing to the terms");
        if (!arguments.has(u"contact"_s))
            co_return co_await replyFor(session, accounts.byId(id), u"showing the account"_s);
    }
    auto asked = arguments.has(u"contact"_s)
        ? accounts.updateContacts(id, arguments.values(u"contact"_s), session.stop())
        : accounts.findByKey(id, session.stop());
    co_return co_await replyFor(session, std::move(asked), u"updating the account"_s);
}

QJsonObject documentOf(const lifecycle::AccountOrder& order)
{
    QJsonObject json {
        {u"orderUrl"_s, order.url.toString(QUrl::FullyEncoded)},
        {u"state"_s, order.state},
        {u"names"_s, QJsonArray::fromStringList(order.names)},
        {u"expires"_s, timeValue(order.expires)},
        {u"ours"_s, order.ours},
    };
    if (!order.error.isEmpty())
        json[u"lastError"_s] = order.error;
    return json;
}

Task<Result<Reply>> orders(Session& session, Arguments arguments)
{
    const auto limit = numberOption(arguments, u"limit"_s, 1, 100'000, 100);
    if (!limit)
        co_return base::failed(limit.error());
    QJsonArray documents;
    std::optional<lifecycle::AccountOrderCursor> from = lifecycle::AccountOrderCursor();
    while (from && documents.size() < *limit) {
        auto page = co_await session.engine().accounts().orders(arguments.words[0], *from, session.stop());
        if (!page)
            co_return base::failed(std::move(page), u"listing the account's orders");
        for (const lifecycle::AccountOrder& order : std::as_const(page->orders))
            if (documents.size() < *limit)
                documents.append(documentOf(order));
        from = page->next;
    }
    co_return Reply {documents, {u"state"_s, u"names"_s, u"expires"_s, u"ours"_s, u"orderUrl"_s}};
}

Task<Result<Reply>> deactivate(Session& session, Arguments arguments)
{
    return replyFor(session, session.engine().accounts().deactivate(arguments.words[0], session.stop()),
                    u"deactivating the account"_s);
}

QJsonObject documentOf(const lifecycle::ImportedAccount& account)
{
    QJsonObject json {
        {u"outcome"_s, lifecycle::importOutcomeName(account.outcome)},
        {u"format"_s, account.format},
        {u"path"_s, account.path},
        {u"contacts"_s, QJsonArray::fromStringList(account.contacts)},
        {u"key"_s, account.keyDescription},
        {u"keyThumbprint"_s, account.keyThumbprint},
        {u"url"_s, account.url.toString(QUrl::FullyEncoded)},
    };
    if (!account.accountId.isEmpty())
        json[u"id"_s] = account.accountId;
    if (!account.detail.isEmpty())
        json[u"detail"_s] = account.detail;
    return json;
}

/// Good news is an account that is here now; everything else that was looked for is missing.
int exitCodeOf(const QList<lifecycle::ImportedAccount>& accounts)
{
    using Outcome = lifecycle::ImportedAccount::Outcome;
    const bool here = std::any_of(accounts.begin(), accounts.end(), [](const lifecycle::ImportedAccount& account) {
        return account.outcome == Outcome::Imported || account.outcome == Outcome::Known
            || account.outcome == Outcome::Found;
    });
    return here ? exit_code::Done : exit_code::Failed;
}

Task<Result<Reply>> importAccounts(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    lifecycle::AccountImport wanted;
    wanted.authorityId = authority->id;
    wanted.path = arguments.words[1];
    wanted.thumbprints = arguments.values(u"thumbprint"_s);
    if (arguments.has(u"format"_s)) {
        const auto format = exchange::accountFormatFromName(arguments.value(u"format"_s));
        if (!format)
            co_return badOption(u"format"_s, format.error().detail());
        wanted.format = *format;
    }
    lifecycle::AccountImports& imports = session.engine().accountImports();
    auto asked = arguments.has(u"dry-run"_s) ? imports.look(wanted) : imports.import(wanted, session.stop());
    auto accounts = co_await std::move(asked);
    if (!accounts)
        co_return base::failed(std::move(accounts), u"importing accounts");
    QJsonArray documents;
    for (const lifecycle::ImportedAccount& account : std::as_const(*accounts))
        documents.append(documentOf(account));
    const QStringList columns {u"outcome"_s, u"format"_s, u"key"_s, u"contacts"_s, u"path"_s, u"id"_s, u"detail"_s};
    co_return Reply {documents, columns, exitCodeOf(*accounts)};
}

QList<Option> importOptions()
{
    return {{u"format"_s, u"FORMAT"_s, u"certbot, lego, acme.sh, pem or jwk; recognised unless given."_s},
            {u"thumbprint"_s, u"TEXT"_s, u"Only the account whose key has this thumbprint; may repeat."_s},
            {u"dry-run"_s, {}, u"Says what is there and asks nobody."_s}};
}

QList<Option> updateOptions()
{
    return {{u"contact"_s, u"URI"_s, u"A mail address or URI for the CA's notices; may repeat."_s},
            {u"agree-tos"_s, {}, u"Agrees to the terms of service that the CA names now."_s}};
}

QList<Option> rolloverOptions()
{
    return {{u"key"_s, u"TYPE"_s, u"The new key's type; the one it has now unless given."_s},
            {u"abandon"_s, {}, u"Gives an unfinished change up, where the CA still has the old key."_s},
            {u"progress"_s, {}, u"With --json: each step, one JSON object a line, on standard error."_s}};
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
         u"Changes the contacts or agrees to new terms; without either, asks the CA which account the key has."_s,
         updateOptions(), Needs::OpenVault, update},
        {noun, u"rollover"_s, u"ID"_s, 1, 1,
         u"Gives an account a new key, or finishes that where it was interrupted."_s, rolloverOptions(),
         Needs::OpenVault, rollOver},
        {noun, u"import"_s, u"AUTHORITY PATH"_s, 2, 2,
         u"Takes over accounts of certbot, lego or acme.sh, or a key (PEM or JWK)."_s, importOptions(),
         Needs::OpenVault, importAccounts},
        {noun,
         u"orders"_s,
         u"ID"_s,
         1,
         1,
         u"Lists the orders that the CA knows of the account."_s,
         {{u"limit"_s, u"N"_s, u"At most so many; 100 unless given."_s}},
         Needs::OpenVault,
         orders},
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
