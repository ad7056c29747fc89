// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "lifecycle/account_line.h"
#include "lifecycle/accounts.h"
#include "lifecycle/journal.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Task<Result<Account>> Accounts::agreeToTerms(QString id, QUrl read, std::stop_token stop)
{
    auto account = co_await m_repositories.accounts.byId(id);
    if (!account)
        co_return account;
    auto line = co_await lineFor(*account, stop);
    if (!line)
        co_return tl::unexpected(std::move(line).error());
    auto directory = co_await line->client->refreshDirectory(stop);
    if (!directory)
        co_return tl::unexpected(std::move(directory).error());
    const QUrl terms = directory->meta.termsOfService;
    auto stored = co_await storeTerms(*account, terms);
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    if (!read.isEmpty() && read != terms)
        co_return base::invalid(u"terms"_s, u"the authority's terms are others by now: %1"_s.arg(terms.toString()));
    account->termsAgreed = true;
    account->termsUrl = terms;
    account->termsAgreedAt = m_journal.now();
    Question question = [stop](acme::AcmeClient& client, acme::AccountContext context) {
        return client.agreeToTerms(std::move(context), stop);
    };
    co_return co_await carryOut(u"account.agree"_s, *std::move(account), std::move(question), stop);
}

// What windows compare an account's terms with is what the directory said last.
Task<Result<void>> Accounts::storeTerms(Account account, QUrl terms)
{
    auto authority = co_await m_repositories.authorities.byId(account.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    if (authority->meta.termsOfService == terms)
        co_return Result<void>();
    authority->meta.termsOfService = terms;
    auto stored = co_await m_repositories.authorities.update(*std::move(authority));
    m_journal.announce(Change::Authorities);
    co_return stored;
}

Task<Result<AccountDependents>> Accounts::dependents(QString id)
{
    return m_repositories.accounts.dependents(std::move(id));
}

} // namespace lifecycle
