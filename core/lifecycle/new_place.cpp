// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/new_place.h"

#include "acme/acme_client.h"
#include "lifecycle/account_finding.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int firstServerErrorStatus = 500;

/// The path of everything below a directory: "/acme/corp" of "/acme/corp/directory".
QString placeOf(const QUrl& directory)
{
    return directory.path().section(u'/', 0, -2);
}

/// `url` of the old place as the new one would call it.
QUrl translated(QUrl url, const QUrl& before, const QUrl& now)
{
    if (url.authority() == before.authority())
        url.setAuthority(now.authority());
    const QString place = placeOf(before);
    if (url.path().startsWith(place + u'/'))
        url.setPath(placeOf(now) + url.path().mid(place.size()));
    return url;
}

bool knowsNoSuchKey(const base::Error& error)
{
    return error.problem() && error.problem()->is(u"accountDoesNotExist");
}

/// Whether the server refused to show the order, as it does with those that it does not know. One that is in trouble
/// may know it: that must not end the order.
bool isRefusal(const base::Error& error)
{
    return error.code() == base::ErrorCode::Rejected && error.problem()
        && error.problem()->status < firstServerErrorStatus;
}

} // namespace

NewPlace::NewPlace(Repositories& repositories, Vault& vault, Authority authority, QUrl before,
                   std::shared_ptr<acme::AcmeClient> client)
    : m_repositories(repositories)
    , m_vault(vault)
    , m_authority(std::move(authority))
    , m_before(std::move(before))
    , m_client(std::move(client))
{
}

Task<Result<QList<ReboundAccount>>> NewPlace::accounts(std::stop_token stop)
{
    auto all = co_await m_repositories.accounts.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    QList<ReboundAccount> rebound;
    for (const Account& account : std::as_const(*all)) {
        if (account.authorityId != m_authority.id || account.status != Account::Status::Valid)
            continue;
        auto found = co_await find(account, stop);
        if (!found)
            co_return tl::unexpected(std::move(found).error());
        rebound.append(*std::move(found));
    }
    co_return rebound;
}

Task<Result<ReboundAccount>> NewPlace::find(Account account, std::stop_token stop)
{
    auto key = co_await keyOf(account);
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    auto rebound = co_await ask(account, *std::move(key), stop);
    const bool absent = rebound && rebound->url.isEmpty() && !rebound->isRefused;
    if (!absent || !account.rollover)
        co_return rebound;
    auto newKey = co_await newKeyOf(account); // the old place may have taken it
    if (!newKey)
        co_return tl::unexpected(std::move(newKey).error());
    co_return co_await ask(std::move(account), *std::move(newKey), std::move(stop));
}

Task<Result<crypto::PrivateKey>> NewPlace::keyOf(Account account)
{
    auto sealed = co_await m_repositories.accounts.sealedKey(account.id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openAccountKey(m_vault, account.id, *sealed);
    if (!key)
        co_return base::failed(std::move(key), u"opening the account key");
    co_return key;
}

Task<Result<crypto::PrivateKey>> NewPlace::newKeyOf(Account account)
{
    auto sealed = co_await m_repositories.accounts.sealedRolloverKey(account.id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openRolloverKey(m_vault, account.id, *sealed);
    if (!key)
        co_return base::failed(std::move(key), u"opening the new account key");
    co_return key;
}

Task<Result<ReboundAccount>> NewPlace::ask(Account account, crypto::PrivateKey key, std::stop_token stop)
{
    acme::AccountContext context {std::move(key), account.url};
    auto found = co_await findAccountByKey(*m_client, context, std::move(stop));
    if (!found && !knowsNoSuchKey(found.error()))
        co_return tl::unexpected(std::move(found).error());
    ReboundAccount rebound;
    rebound.account = std::move(account);
    rebound.isRefused = found && !found->isTaken;
    if (found && found->isTaken) {
        rebound.url = found->account.url;
        context.url = rebound.url;
        context.location = found->location;
        m_known.insert(rebound.account.id, std::move(context));
    }
    co_return rebound;
}

Task<Result<QList<ReboundOrder>>> NewPlace::orders(std::stop_token stop)
{
    auto unfinished = co_await m_repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    QList<ReboundOrder> rebound;
    for (const OrderRecord& order : std::as_const(*unfinished)) {
        if (order.request.authorityId != m_authority.id || order.url.isEmpty())
            continue; // one that was never sent begins at the new place
        auto found = co_await look(order, stop);
        if (!found)
            co_return tl::unexpected(std::move(found).error());
        rebound.append(*std::move(found));
    }
    co_return rebound;
}

Task<Result<ReboundOrder>> NewPlace::look(OrderRecord order, std::stop_token stop)
{
    ReboundOrder rebound;
    rebound.order = order;
    const auto account = m_known.constFind(order.request.accountId);
    if (account == m_known.constEnd())
        co_return rebound;
    acme::AccountContext context = *account;
    const QUrl url = translated(order.url, m_before, m_authority.directoryUrl);
    auto found = co_await m_client->order(std::move(context), url, std::move(stop));
    if (!found && !isRefusal(found.error()))
        co_return tl::unexpected(std::move(found).error());
    if (found && found->isFor(order.request.names)) {
        rebound.url = url;
        rebound.finalizeUrl = found->finalize;
        rebound.certificateUrl = found->certificate;
    }
    co_return rebound;
}

} // namespace lifecycle
