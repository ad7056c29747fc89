// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_rollover.h"

#include "acme/acme_client.h"
#include "acme/server_traits.h"
#include "base/logging.h"
#include "base/work_pool.h"
#include "jose/jwk.h"
#include "lifecycle/account_words.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

namespace {

constexpr std::chrono::seconds betweenLooksAtOrders {1};
constexpr int mostBadNonces = 10;
/// Orders whose names are still being validated then are not waited for: they begin again with the new key.
constexpr std::chrono::minutes patienceWithOrders {2};

base::Error cannotChangeKeys()
{
    return base::Error(ErrorCode::Unsupported,
                       u"this CA cannot change account keys; register another account instead"_s);
}

/// The authority decided, and a copy of the request that is still on its way would be decided alike.
bool isDecision(const base::Error& error)
{
    if (error.code() == ErrorCode::Unsupported)
        return true;
    return error.code() == ErrorCode::Rejected && error.problem() && error.problem()->status < 502
        && !acme::isBadNonce(error);
}

base::Error inWords(base::Error error)
{
    if (error.code() == ErrorCode::Unsupported)
        return cannotChangeKeys();
    if (error.problem() && error.problem()->status == 409)
        return base::Error(ErrorCode::AlreadyExists,
                           u"the authority says that another account has the new key (%1); nothing was changed, and "
                           "another try makes another key"_s.arg(error.detail()));
    return error;
}

} // namespace

AccountKeys::Turn::Turn(AccountKeys& keysOfAccounts, QString id, std::shared_ptr<HeldLease> held)
    : keys(keysOfAccounts)
    , accountId(std::move(id))
    , lease(std::move(held))
{
    keys.m_waiting.insert(accountId, {});
}

AccountKeys::Turn::~Turn()
{
    lease.reset();
    keys.endTurn(accountId);
}

void AccountKeys::Rollover::tell(RolloverStep step) const
{
    if (notice)
        notice(step);
}

Task<Result<std::shared_ptr<AccountKeys::Rollover>>> AccountKeys::begin(QString accountId, RolloverNotice notice,
                                                                        std::stop_token stop)
{
    auto lease = m_leases.acquire(rolloverLease(accountId));
    if (!lease)
        co_return base::failed(std::move(lease), u"another program changes the key of this account");
    auto turn = std::make_shared<Turn>(*this, accountId, *std::move(lease));
    auto account = co_await m_repositories.accounts.byId(accountId);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    if (account->status != Account::Status::Valid)
        co_return base::failed(ErrorCode::InvalidInput, u"the account is %1"_s.arg(accountStatusName(account->status)));
    auto client = co_await clientOf(account->authorityId);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    auto key = co_await open(*account);
    if (!key)
        co_return base::failed(std::move(key), u"opening the account key");
    Rollover rollover {std::move(turn), *std::move(account), **client, *std::move(key), std::move(notice), stop};
    auto shared = std::make_shared<Rollover>(std::move(rollover));
    co_return shared;
}

Task<Result<Account>> AccountKeys::rollOver(QString accountId, std::optional<crypto::KeyType> type,
                                            RolloverNotice notice, std::stop_token stop)
{
    auto rollover = co_await begin(accountId, std::move(notice), std::move(stop));
    if (!rollover)
        co_return tl::unexpected(std::move(rollover).error());
    const Account before = (*rollover)->account;
    auto changed = co_await carryOut(*rollover, type);
    if (changed) {
        const QString detail = u"key %1 replaced by %2"_s.arg(before.keyThumbprint, changed->keyThumbprint);
        co_await m_journal.done(u"account.rollover"_s, accountId, accountTitle(before), Change::Accounts, detail);
        co_return changed;
    }
    m_journal.announce(Change::Accounts);
    co_await m_journal.failed(u"account.rollover"_s, accountId, accountTitle(before), changed.error());
    co_return changed;
}

Task<Result<Account>> AccountKeys::carryOut(std::shared_ptr<Rollover> rollover, std::optional<crypto::KeyType> type)
{
    const Account account = rollover->account;
    if (account.rollover && type && *type != account.rollover->keyType)
        co_return base::invalid(u"keyType"_s,
                                u"a change to a key of type %1 is unfinished; finish or abandon it first"_s.arg(
                                    crypto::keyTypeName(account.rollover->keyType)));
    if (account.rollover) {
        auto resumed = co_await resume(rollover);
        if (!resumed || !resumed->rollover)
            co_return resumed;
    }
    auto offered = co_await checkOffered(rollover);
    if (!offered)
        co_return tl::unexpected(std::move(offered).error());
    auto quiet = co_await waitForOrders(rollover);
    if (!quiet)
        co_return tl::unexpected(std::move(quiet).error());
    if (!rollover->newKey) {
        auto made = co_await makeKey(rollover, type.value_or(account.keyType));
        if (!made)
            co_return tl::unexpected(std::move(made).error());
    }
    co_return co_await change(rollover);
}

Task<Result<void>> AccountKeys::checkOffered(std::shared_ptr<Rollover> rollover)
{
    auto directory = co_await rollover->client.directory(rollover->stop);
    if (!directory)
        co_return tl::unexpected(std::move(directory).error());
    const acme::ServerTraits& traits = acme::recogniseServer(rollover->client.directoryUrl(), *directory);
    if (directory->keyChange.isEmpty() || traits.advertisesKeyChangeButLacksIt)
        co_return tl::unexpected(cannotChangeKeys());
    co_return Result<void>();
}

Task<Result<void>> AccountKeys::waitForOrders(std::shared_ptr<Rollover> rollover)
{
    const QDateTime end = m_clock.now() + patienceWithOrders;
    for (;;) {
        auto busy = co_await isBeingValidated(rollover->account.id);
        if (!busy)
            co_return tl::unexpected(std::move(busy).error());
        if (!*busy || m_clock.now() > end)
            co_return Result<void>();
        rollover->tell(RolloverStep::WaitingForOrders);
        co_await m_clock.sleep(betweenLooksAtOrders, rollover->stop);
        if (rollover->stop.stop_requested())
            co_return base::failed(ErrorCode::Cancelled, u"stopped before anything was changed"_s);
    }
}

// What a challenge is answered with is made of the account's key (RFC 8555 section 8.1): an authority that looks after
// the change expects another answer. Orders that wait for something else notice the change and go on.
Task<Result<bool>> AccountKeys::isBeingValidated(QString accountId)
{
    auto orders = co_await m_repositories.orders.unfinished();
    if (!orders)
        co_return tl::unexpected(std::move(orders).error());
    for (const OrderRecord& order : *orders) {
        const bool validating = order.state == OrderState::Prepared || order.state == OrderState::Authorizing;
        if (validating && order.request.accountId == accountId && m_leases.isHeld(u"order:"_s + order.id))
            co_return true;
    }
    co_return false;
}

Task<Result<void>> AccountKeys::makeKey(std::shared_ptr<Rollover> rollover, crypto::KeyType type)
{
    rollover->tell(RolloverStep::MakingKey);
    auto generate = [type] { return crypto::PrivateKey::generate(type); };
    auto key = co_await base::inPool(std::move(generate));
    if (!key)
        co_return base::failed(std::move(key), u"making the new account key");
    auto thumbprint = jose::thumbprint(key->publicKey());
    if (!thumbprint)
        co_return tl::unexpected(std::move(thumbprint).error());
    const QString accountId = rollover->account.id;
    auto sealed = sealRolloverKey(m_vault, accountId, *key);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    KeyRollover record {type, QString::fromLatin1(*thumbprint), m_clock.now()};
    auto stored = co_await m_repositories.accounts.insertRollover(accountId, record, *std::move(sealed));
    if (!stored)
        co_return base::failed(std::move(stored), u"storing the new key before asking");
    rollover->newKey = *std::move(key);
    rollover->account.rollover = record;
    co_return stored;
}

Task<Result<void>> AccountKeys::loadKey(std::shared_ptr<Rollover> rollover)
{
    const QString accountId = rollover->account.id;
    auto sealed = co_await m_repositories.accounts.sealedRolloverKey(accountId);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openRolloverKey(m_vault, accountId, *sealed);
    if (!key)
        co_return base::failed(std::move(key).error().during(u"opening the new account key"));
    rollover->newKey = *std::move(key);
    co_return Result<void>();
}

Task<Result<Account>> AccountKeys::change(std::shared_ptr<Rollover> rollover)
{
    rollover->tell(RolloverStep::KeyStored);
    acme::AccountContext context {rollover->oldKey, rollover->account.url};
    auto changed = co_await rollover->client.keyChange(std::move(context), *rollover->newKey, rollover->stop);
    if (changed)
        co_return co_await commit(rollover);
    co_return co_await settle(rollover, std::move(changed).error());
}

// After a failure the authority may have either key: what it says now decides, not what the reply looked like.
Task<Result<Account>> AccountKeys::settle(std::shared_ptr<Rollover> rollover, base::Error error)
{
    const QString stays = u"changing the account key: the outcome is not known, and both keys are kept"_s;
    if (error.code() == ErrorCode::Cancelled)
        co_return tl::unexpected(std::move(error).during(stays));
    auto known = co_await askWhichKey(rollover);
    if (!known)
        co_return tl::unexpected(std::move(error).during(stays));
    if (*known == Known::New)
        co_return co_await commit(rollover);
    if (acme::isBadNonce(error) && ++rollover->badNonces < mostBadNonces)
        co_return co_await change(rollover);
    if (!isDecision(error))
        co_return tl::unexpected(std::move(error).during(stays));
    auto forgotten = co_await forgetNewKey(rollover);
    if (!forgotten)
        co_return forgotten;
    co_return tl::unexpected(inWords(std::move(error)));
}

Task<Result<Account>> AccountKeys::resume(std::shared_ptr<Rollover> rollover)
{
    if (!rollover->account.rollover)
        co_return rollover->account;
    auto loaded = co_await loadKey(rollover);
    if (!loaded)
        co_return tl::unexpected(std::move(loaded).error());
    auto known = co_await askWhichKey(rollover);
    if (!known)
        co_return base::failed(std::move(known), u"asking which key the account has");
    if (*known == Known::New)
        co_return co_await commit(rollover);
    const Account account = rollover->account;
    co_return account;
}

Task<Result<AccountKeys::Known>> AccountKeys::askWhichKey(std::shared_ptr<Rollover> rollover)
{
    rollover->tell(RolloverStep::Asking);
    auto hasNew = co_await isKnown(rollover, *rollover->newKey);
    if (!hasNew)
        co_return tl::unexpected(std::move(hasNew).error());
    if (*hasNew)
        co_return Known::New;
    auto hasOld = co_await isKnown(rollover, rollover->oldKey);
    if (!hasOld)
        co_return tl::unexpected(std::move(hasOld).error());
    if (*hasOld)
        co_return Known::Old;
    co_return base::failed(ErrorCode::Rejected,
                           u"the authority knows neither the old nor the new key of the account"_s);
}

// A server that makes an account although it was asked not to answers 201 with another URL.
Task<Result<bool>> AccountKeys::isKnown(std::shared_ptr<Rollover> rollover, crypto::PrivateKey key)
{
    acme::AccountContext context {std::move(key)};
    auto found = co_await rollover->client.findAccount(std::move(context), rollover->stop);
    if (found)
        co_return found->existed || found->url == rollover->account.url;
    const bool refused = found.error().code() == ErrorCode::Rejected && found.error().problem();
    if (refused && found.error().problem()->status < 500)
        co_return false;
    co_return tl::unexpected(std::move(found).error());
}

Task<Result<Account>> AccountKeys::commit(std::shared_ptr<Rollover> rollover)
{
    rollover->tell(RolloverStep::Confirmed);
    Account account = rollover->account;
    auto sealed = sealAccountKey(m_vault, account.id, *rollover->newKey);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    account.keyType = account.rollover->keyType;
    account.keyThumbprint = account.rollover->keyThumbprint;
    account.rollover.reset();
    auto stored = co_await m_repositories.accounts.completeRollover(account, *std::move(sealed));
    if (!stored)
        co_return base::failed(std::move(stored), u"storing that the authority has the new key");
    m_opened.remove(rollover->account.keyThumbprint);
    rollover->account = account;
    m_journal.announce(Change::Accounts);
    co_return account;
}

Task<Result<Account>> AccountKeys::forgetNewKey(std::shared_ptr<Rollover> rollover)
{
    auto forgotten = co_await m_repositories.accounts.abandonRollover(rollover->account.id);
    if (!forgotten)
        co_return base::failed(std::move(forgotten), u"forgetting the key that the authority does not have");
    rollover->account.rollover.reset();
    rollover->newKey.reset();
    m_journal.announce(Change::Accounts);
    const Account account = rollover->account;
    co_return account;
}

Task<Result<Account>> AccountKeys::abandonRollover(QString accountId, std::stop_token stop)
{
    auto rollover = co_await begin(accountId, RolloverNotice(), std::move(stop));
    if (!rollover)
        co_return tl::unexpected(std::move(rollover).error());
    auto account = co_await resume(*rollover);
    if (!account)
        co_return account;
    if (!account->rollover)
        co_return account;
    auto kept = co_await forgetNewKey(*rollover);
    if (kept)
        co_await m_journal.done(u"account.rollover"_s, accountId, accountTitle(*kept), Change::Accounts,
                                u"given up: the authority still has the old key"_s);
    co_return kept;
}

Task<void> AccountKeys::finishRollovers(std::stop_token stop)
{
    auto accounts = co_await m_repositories.accounts.all();
    if (!accounts)
        co_return;
    for (const Account& account : std::as_const(*accounts)) {
        if (!account.rollover || account.status != Account::Status::Valid || stop.stop_requested())
            continue;
        auto finished = co_await rollOver(account.id, std::nullopt, RolloverNotice(), stop);
        if (!finished)
            qCWarning(base::log::lifecycle) << "finishing a key change:" << finished.error().message();
    }
}

} // namespace lifecycle
