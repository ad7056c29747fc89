// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "lifecycle/account_finding.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/account_line.h"
#include "lifecycle/account_words.h"
#include "lifecycle/accounts.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/journal.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Task<Result<Accounts::Line>> Accounts::lineFor(Account account, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(account.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto client = m_clients.of(*authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    auto signer = co_await m_keys.signer(account.id, stop);
    if (!signer)
        co_return tl::unexpected(std::move(signer).error());
    acme::AccountContext context {std::move(signer->key), signer->account.url};
    auto placed = co_await located(**client, std::move(context), stop);
    if (!placed)
        co_return tl::unexpected(std::move(placed).error());
    co_return Line {*client, *std::move(placed)};
}

Task<Result<acme::Account>> Accounts::ask(Account account, Question question, std::stop_token stop)
{
    auto line = co_await lineFor(std::move(account), std::move(stop));
    if (!line)
        co_return tl::unexpected(std::move(line).error());
    co_return co_await question(*line->client, std::move(line->signer));
}

Task<Result<Account>> Accounts::settle(Account account, Result<acme::Account> answer)
{
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    if (!answer->url.isEmpty())
        account.url = answer->url;
    account.status = accountStatusOf(answer->status);
    if (!answer->contacts.isEmpty()) // some authorities never send them back
        account.contacts = answer->contacts;
    account.lastUsedAt = m_journal.now();
    auto stored = co_await m_repositories.accounts.update(account);
    if (!stored)
        co_return base::failed(std::move(stored), u"storing what the authority answered");
    co_return account;
}

Task<Result<Account>> Accounts::carryOut(QString action, Account account, Question question, std::stop_token stop)
{
    auto answer = co_await ask(account, std::move(question), std::move(stop));
    if (!answer && answer.error().problem())
        co_await noteRefusal(account.id, answer.error());
    auto settled = co_await settle(account, std::move(answer));
    if (settled)
        co_await m_journal.done(action, account.id, accountTitle(*settled), Change::Accounts);
    else
        co_await m_journal.failed(action, account.id, accountTitle(account), settled.error());
    co_return settled;
}

Task<Result<Account>> Accounts::findByKey(QString id, std::stop_token stop)
{
    auto account = co_await m_repositories.accounts.byId(id);
    if (!account)
        co_return account;
    Question question = [stop](acme::AcmeClient& client, acme::AccountContext context) {
        return findUsableAccount(client, std::move(context), stop);
    };
    co_return co_await carryOut(u"account.find"_s, *std::move(account), std::move(question), std::move(stop));
}

Task<Result<Account>> Accounts::updateContacts(QString id, QStringList contacts, std::stop_token stop)
{
    auto uris = parseContacts(contacts);
    if (!uris)
        co_return tl::unexpected(std::move(uris).error());
    auto account = co_await m_repositories.accounts.byId(id);
    if (!account)
        co_return account;
    auto authority = co_await m_repositories.authorities.byId(account->authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    if (!keepsContacts(*authority) && !uris->isEmpty())
        co_return base::invalid(u"contacts"_s, u"this authority keeps no contacts, so that none is sent to it"_s);
    account->contacts = *uris; // stored only once the authority took them
    Question question = [stop, uris = *uris](acme::AcmeClient& client, acme::AccountContext context) {
        return client.updateContacts(std::move(context), uris, stop);
    };
    co_return co_await carryOut(u"account.update"_s, *std::move(account), std::move(question), std::move(stop));
}

namespace {

/// A request by an account that is deactivated already is refused (RFC 8555 section 7.3.6): an earlier one arrived
/// although its reply did not.
bool saysDeactivated(const base::Error& error)
{
    return error.problem() && error.problem()->is(u"unauthorized")
        && error.problem()->detail.contains(u"deactivat"_s, Qt::CaseInsensitive);
}

Task<Result<acme::Account>> deactivated(Task<Result<acme::Account>> asked)
{
    auto answer = co_await std::move(asked);
    if (answer || saysDeactivated(answer.error())) {
        acme::Account account;
        account.status = acme::AccountStatus::Deactivated;
        co_return account;
    }
    co_return answer;
}

} // namespace

Task<Result<Account>> Accounts::deactivate(QString id, std::stop_token stop)
{
    auto account = co_await m_repositories.accounts.byId(id);
    if (!account)
        co_return account;
    Question question = [stop](acme::AcmeClient& client, acme::AccountContext context) {
        return deactivated(client.deactivateAccount(std::move(context), stop));
    };
    co_return co_await carryOut(u"account.deactivate"_s, *std::move(account), std::move(question), std::move(stop));
}

} // namespace lifecycle
