// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_finding.h"

#include "acme/acme_client.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

/// Whether the authority refused the `kid`. What else it may have against reading an account says nothing about how it
/// calls it.
bool refusesName(const base::Error& error)
{
    return error.problem() && (error.problem()->is(u"unauthorized") || error.problem()->is(u"accountDoesNotExist"));
}

/// Whether requests in the account's name are taken; errors that say nothing about that are returned.
Task<Result<bool>> isTaken(acme::AcmeClient& client, acme::AccountContext context, std::stop_token stop)
{
    auto read = co_await client.account(std::move(context), std::move(stop));
    if (!read && refusesName(read.error()))
        co_return false;
    if (!read && !read.error().problem()) // nobody answered
        co_return tl::unexpected(std::move(read).error());
    co_return true;
}

} // namespace

Task<Result<FoundAccount>> findAccountByKey(acme::AcmeClient& client, acme::AccountContext context,
                                            std::stop_token stop)
{
    const QUrl before = context.url;
    auto account = co_await client.findAccount(context, stop);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    FoundAccount found;
    found.account = *std::move(account);
    if (before.isEmpty() || before == found.account.url)
        co_return found;
    context.url = found.account.url;
    context.location.clear();
    auto taken = co_await isTaken(client, context, stop);
    if (!taken)
        co_return tl::unexpected(std::move(taken).error());
    if (*taken)
        co_return found;
    context.url = before;
    context.location = found.account.url;
    auto takenAsBefore = co_await isTaken(client, std::move(context), std::move(stop));
    if (!takenAsBefore)
        co_return tl::unexpected(std::move(takenAsBefore).error());
    found.isTaken = *takenAsBefore;
    found.location = found.account.url;
    found.account.url = before;
    co_return found;
}

Task<Result<acme::Account>> findUsableAccount(acme::AcmeClient& client, acme::AccountContext context,
                                              std::stop_token stop)
{
    auto found = co_await findAccountByKey(client, std::move(context), std::move(stop));
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    if (!found->isTaken)
        co_return base::failed(ErrorCode::Rejected,
                               u"the authority has the account as %1 and as %2 and takes its requests under neither "
                               "URL, as after its provisioner was renamed: register another account"_s.arg(
                                   found->account.url.toString(), found->location.toString()));
    const acme::Account account = found->account;
    co_return account;
}

Task<Result<acme::AccountContext>> located(acme::AcmeClient& client, acme::AccountContext context, std::stop_token stop)
{
    if (context.url.isEmpty())
        co_return context;
    auto directory = co_await client.directory(stop);
    if (!directory)
        co_return tl::unexpected(std::move(directory).error());
    if (directory->newAccount.authority() == context.url.authority())
        co_return context;
    auto found = co_await client.findAccount(context, std::move(stop));
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    context.location = found->url;
    co_return context;
}

} // namespace lifecycle
