// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_keys.h"

#include "acme/acme_client.h"
#include "lifecycle/account_rollover.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/lease.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

namespace {

constexpr std::chrono::milliseconds betweenLooks {250};

} // namespace

QString rolloverStepName(RolloverStep step)
{
    switch (step) {
    case RolloverStep::WaitingForOrders:
        return u"waiting-for-orders"_s;
    case RolloverStep::MakingKey:
        return u"making-key"_s;
    case RolloverStep::KeyStored:
        return u"key-stored"_s;
    case RolloverStep::Asking:
        return u"asking"_s;
    case RolloverStep::Confirmed:
        return u"confirmed"_s;
    }
    return QString();
}

QString rolloverLease(const QString& accountId)
{
    return u"rollover:"_s + accountId;
}

AccountKeys::AccountKeys(Repositories& repositories, AcmeClients& clients, Vault& vault, Journal& journal,
                         Leases& leases, base::Clock& clock)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_vault(vault)
    , m_journal(journal)
    , m_leases(leases)
    , m_clock(clock)
{
}

Task<Result<AccountSigner>> AccountKeys::signer(QString accountId, std::stop_token stop)
{
    auto account = co_await undisturbed(accountId, stop);
    if (account && account->rollover) {
        auto rollover = co_await begin(accountId, RolloverNotice(), stop);
        if (rollover)
            account = co_await resume(*std::move(rollover));
        else if (rollover.error().code() == base::ErrorCode::Busy) // somebody was faster
            account = co_await undisturbed(accountId, stop);
        else
            account = tl::unexpected(std::move(rollover).error());
    }
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    auto key = co_await open(*account);
    if (!key)
        co_return base::failed(std::move(key), u"opening the account key");
    AccountSigner signer {*std::move(account), *std::move(key)};
    co_return signer;
}

Task<Result<Account>> AccountKeys::undisturbed(QString accountId, std::stop_token stop)
{
    while (m_leases.isHeld(rolloverLease(accountId))) {
        co_await waitForTurn(accountId, stop);
        if (stop.stop_requested())
            co_return base::failed(base::ErrorCode::Cancelled, u"stopped while the account's key is being changed"_s);
    }
    co_return co_await m_repositories.accounts.byId(accountId);
}

Task<void> AccountKeys::waitForTurn(QString accountId, std::stop_token stop)
{
    const auto here = m_waiting.find(accountId);
    if (here == m_waiting.end()) { // another process
        co_await m_clock.sleep(betweenLooks, stop);
        co_return;
    }
    const base::Delivery<bool> ended;
    here->append(ended);
    const std::stop_callback onStop(stop, [ended] { ended.deliver(false); });
    co_await ended;
}

void AccountKeys::endTurn(const QString& accountId)
{
    const auto waiting = m_waiting.take(accountId);
    for (const base::Delivery<bool>& other : waiting)
        other.deliver(true);
}

Task<bool> AccountKeys::isOutdated(AccountSigner signer)
{
    auto account = co_await m_repositories.accounts.byId(signer.account.id);
    if (!account)
        co_return false;
    co_return account->keyThumbprint != signer.account.keyThumbprint || account->rollover.has_value();
}

Task<Result<crypto::PrivateKey>> AccountKeys::open(Account account)
{
    if (!m_vault.isOpen(Ring::Renewal))
        m_opened.clear();
    if (const auto known = m_opened.constFind(account.keyThumbprint); known != m_opened.constEnd())
        co_return std::as_const(*known);
    auto sealed = co_await m_repositories.accounts.sealedKey(account.id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    // Orders that start together all read it; opening it is what costs.
    if (const auto opened = m_opened.constFind(account.keyThumbprint); opened != m_opened.constEnd())
        co_return std::as_const(*opened);
    auto key = openAccountKey(m_vault, account.id, *sealed);
    if (key && !account.keyThumbprint.isEmpty())
        m_opened.insert(account.keyThumbprint, *key);
    co_return key;
}

Task<Result<acme::AcmeClient*>> AccountKeys::clientOf(QString authorityId)
{
    auto authority = co_await m_repositories.authorities.byId(authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    co_return m_clients.of(*authority);
}

} // namespace lifecycle
