// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/accounts.h"

#include "acme/acme_client.h"
#include "acme/external_account_binding.h"
#include "base/work_pool.h"
#include "crypto/private_key.h"
#include "jose/jwk.h"
#include "lifecycle/account_line.h"
#include "lifecycle/account_words.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/eab_rules.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Result<void> checkDetails(const AccountDetails& details, const QStringList& contacts, const Authority& authority)
{
    if (!authority.meta.termsOfService.isEmpty() && !details.termsAgreed)
        return base::invalid(u"terms"_s,
                             u"the authority wants its terms agreed to: "_s + authority.meta.termsOfService.toString());
    const EabRules rules = eabRulesOf(authority);
    if (rules.required && details.eabCredentialId.isEmpty())
        return base::invalid(u"eab"_s, u"this authority registers accounts only with an external account binding"_s);
    // found here and not by the authority, which may count a credential as used by then
    if (rules.contactRequired && contacts.isEmpty())
        return base::invalid(u"contacts"_s, u"this authority registers accounts only with a contact"_s);
    return {};
}

Account draftFrom(const AccountDetails& details, const QStringList& contacts, const crypto::PrivateKey& key,
                  const QDateTime& now)
{
    Account account;
    account.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    account.authorityId = details.authorityId;
    account.contacts = contacts;
    account.keyType = details.keyType;
    account.keyThumbprint = QString::fromLatin1(jose::thumbprint(key.publicKey()).value_or(QByteArray()));
    account.eabCredentialId = details.eabCredentialId;
    account.termsAgreed = details.termsAgreed;
    account.createdAt = now;
    return account;
}

/// What becomes of a credential whose registration the authority refused.
EabCredential::State stateAfterRefusal(const base::Error& error)
{
    const EabFate fate = eabFateAfter(error);
    if (fate.spent == EabFate::Spent::Yes)
        return EabCredential::State::Spent;
    return fate.reason == EabFate::Reason::NotAccepted ? EabCredential::State::Refused : EabCredential::State::Unused;
}

} // namespace

Accounts::Accounts(Repositories& repositories, AcmeClients& clients, AccountKeys& keys, Vault& vault, Journal& journal)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_keys(keys)
    , m_vault(vault)
    , m_journal(journal)
{
}

Task<Result<Account>> Accounts::registerAccount(AccountDetails details, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(details.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error().about(u"authority"_s));
    const auto contacts = parseContacts(details.contacts);
    if (!contacts)
        co_return tl::unexpected(contacts.error());
    const auto complete = checkDetails(details, *contacts, *authority);
    if (!complete)
        co_return tl::unexpected(complete.error());
    if (!details.eabCredentialId.isEmpty()) {
        auto usable = co_await usableCredential(details.eabCredentialId, details.authorityId);
        if (!usable)
            co_return tl::unexpected(std::move(usable).error());
    }
    auto generate = [type = details.keyType] { return crypto::PrivateKey::generate(type); };
    auto key = co_await base::inPool(std::move(generate));
    if (!key)
        co_return base::failed(std::move(key), u"making the account key");
    const QStringList sent = keepsContacts(*authority) ? *contacts : QStringList();
    Account account = draftFrom(details, sent, *key, m_journal.now());
    if (details.termsAgreed) {
        account.termsUrl = authority->meta.termsOfService;
        account.termsAgreedAt = account.createdAt;
    }
    auto sealed = sealAccountKey(m_vault, account.id, *key);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto stored = co_await m_repositories.accounts.insert(account, *std::move(sealed));
    if (!stored)
        co_return base::failed(std::move(stored), u"storing the account before asking");
    m_journal.announce(Change::Accounts);
    auto outcome = requestAccount(account, stop);
    co_return co_await confirm(std::move(account), std::move(outcome));
}

Task<Result<Account>> Accounts::resume(QString id, std::stop_token stop)
{
    auto account = co_await m_repositories.accounts.byId(id);
    if (!account)
        co_return account;
    if (account->status != Account::Status::Pending)
        co_return account;
    auto outcome = findOrRequestAccount(*account, std::move(stop));
    co_return co_await confirm(*std::move(account), std::move(outcome));
}

Task<Result<Account>> Accounts::confirm(Account account, Task<Result<Account>> outcome)
{
    auto confirmed = co_await std::move(outcome);
    if (confirmed) {
        account = *confirmed;
        auto stored = co_await m_repositories.accounts.confirm(account);
        if (!stored)
            confirmed = tl::unexpected(std::move(stored).error());
    }
    if (confirmed) {
        co_await m_journal.done(u"account.register"_s, account.id, accountTitle(account), Change::Accounts);
        co_return confirmed;
    }
    co_await m_journal.failed(u"account.register"_s, account.id, accountTitle(account), confirmed.error());
    // A refusal is an outcome: the key has no account and never had one, so nothing is worth keeping. A lost reply is
    // none: the account may exist, and its key stays.
    const bool refused = confirmed.error().code() == base::ErrorCode::Rejected && confirmed.error().problem()
        && confirmed.error().problem()->status < 500;
    if (refused)
        co_await forgetRefused(std::move(account), confirmed.error());
    else if (confirmed.error().problem())
        co_await noteRefusal(account.id, confirmed.error());
    co_return confirmed;
}

// An authority that asks to wait made no account, as far as one can know: of a request that was delivered twice only
// one copy may have come too late. So the account stays and keeps its credential.
Task<void> Accounts::noteRefusal(QString id, base::Error error)
{
    co_await m_repositories.accounts.noteRefusal(id, error, m_journal.now());
    m_journal.announce(Change::Accounts);
}

// A credential may be spent although the reply never came, and is refused then: whether the key has an account decides.
Task<Result<Account>> Accounts::findOrRequestAccount(Account account, std::stop_token stop)
{
    auto found = co_await findRequested(account, stop);
    const bool absent = !found && found.error().code() == base::ErrorCode::Rejected;
    if (!absent)
        co_return found;
    co_return co_await requestAccount(std::move(account), std::move(stop));
}

Task<Result<Account>> Accounts::requestAccount(Account account, std::stop_token stop)
{
    auto line = co_await lineFor(account, stop);
    if (!line)
        co_return tl::unexpected(std::move(line).error());
    line->signer.url.clear(); // signs by its key: nobody knows the account yet
    auto request = co_await newAccountRequest(account);
    if (!request)
        co_return tl::unexpected(std::move(request).error());
    auto answer = co_await line->client->newAccount(std::move(line->signer), *std::move(request), stop);
    if (answer)
        co_return known(std::move(account), *answer);
    const bool bindingRefused =
        answer.error().code() == base::ErrorCode::Rejected && !account.eabCredentialId.isEmpty();
    if (bindingRefused) { // perhaps by the second copy of a request that was delivered twice
        auto found = co_await findRequested(std::move(account), std::move(stop));
        if (found || found.error().code() != base::ErrorCode::Rejected)
            co_return found;
    }
    co_return base::failed(std::move(answer), u"registering the account");
}

Task<Result<Account>> Accounts::findRequested(Account account, std::stop_token stop)
{
    auto line = co_await lineFor(account, stop);
    if (!line)
        co_return tl::unexpected(std::move(line).error());
    line->signer.url.clear();
    auto found = co_await line->client->findAccount(std::move(line->signer), std::move(stop));
    if (!found)
        co_return base::failed(std::move(found), u"asking whether the account exists");
    co_return known(std::move(account), *found);
}

Account Accounts::known(Account account, const acme::Account& answer) const
{
    account.url = answer.url;
    account.status = accountStatusOf(answer.status);
    account.lastUsedAt = m_journal.now();
    return account;
}

Task<Result<acme::NewAccount>> Accounts::newAccountRequest(Account account)
{
    acme::NewAccount request;
    request.contacts = account.contacts;
    request.termsOfServiceAgreed = account.termsAgreed;
    if (account.eabCredentialId.isEmpty())
        co_return std::move(request);
    auto binding = co_await openBinding(account.eabCredentialId);
    if (!binding)
        co_return tl::unexpected(std::move(binding).error());
    request.externalAccountBinding = *std::move(binding);
    co_return std::move(request);
}

Task<void> Accounts::forgetRefused(Account account, base::Error error)
{
    if (account.eabCredentialId.isEmpty() && error.problem()->is(u"externalAccountRequired"))
        co_await noteRequirement(account.authorityId);
    if (!account.eabCredentialId.isEmpty()) {
        auto credential = co_await m_repositories.accounts.credential(account.eabCredentialId);
        if (credential)
            co_await m_repositories.accounts.settleCredential(credential->id, credential->state,
                                                              stateAfterRefusal(error), error.detail());
    }
    // One that was in use before its authority moved stays: certificates renew with it once it may register again.
    if (!account.lastUsedAt.isValid())
        co_await m_repositories.accounts.remove(account.id);
    m_journal.announce(Change::Accounts);
}

// SSL.com's directory once said that none is needed: what counts is how the authority acts.
Task<void> Accounts::noteRequirement(QString authorityId)
{
    auto authority = co_await m_repositories.authorities.byId(authorityId);
    if (!authority)
        co_return;
    authority->meta.externalAccountRequired = true;
    co_await m_repositories.authorities.update(*std::move(authority));
    m_journal.announce(Change::Authorities);
}

Task<Result<Account>> Accounts::bind(QString credentialId, AccountDetails details, std::stop_token stop)
{
    auto credential = co_await credentialById(credentialId);
    if (!credential)
        co_return tl::unexpected(std::move(credential).error().about(u"eab"_s));
    if (credential->state == EabCredential::State::Bound)
        co_return co_await m_repositories.accounts.byId(credential->accountId);
    if (credential->state == EabCredential::State::Reserved)
        co_return co_await resume(credential->accountId, std::move(stop));
    details.authorityId = credential->authorityId;
    details.eabCredentialId = credential->id;
    if (!credential->contacts.isEmpty())
        details.contacts = credential->contacts;
    co_return co_await registerAccount(std::move(details), std::move(stop));
}

Task<Result<QList<Account>>> Accounts::all()
{
    return m_repositories.accounts.all();
}

Task<Result<Account>> Accounts::byId(QString id)
{
    return m_repositories.accounts.byId(std::move(id));
}

Task<Result<Account>> Accounts::onlyOneOf(QString authorityId)
{
    auto all = co_await m_repositories.accounts.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    QList<Account> usable;
    for (const Account& account : *all)
        if (account.authorityId == authorityId && account.status == Account::Status::Valid)
            usable.append(account);
    if (usable.size() == 1)
        co_return usable.first();
    co_return base::invalid(u"account"_s,
                            usable.isEmpty() ? u"the authority has no account yet; register one first"_s
                                             : u"the authority has %1 accounts; say which"_s.arg(usable.size()));
}

} // namespace lifecycle
