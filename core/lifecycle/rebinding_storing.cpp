// SPDX-License-Identifier: Apache-2.0
#include "base/work_pool.h"
#include "jose/jwk.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/rebinding.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

Task<Result<MovedAccount>> Rebinding::moved(ReboundAccount rebound)
{
    MovedAccount moved;
    moved.account = rebound.account;
    moved.account.url = rebound.url;
    moved.account.status = rebound.url.isEmpty() ? Account::Status::Pending : Account::Status::Valid;
    if (!rebound.isRefused)
        co_return moved;
    auto generate = [type = rebound.account.keyType] { return crypto::PrivateKey::generate(type); };
    auto key = co_await base::inPool(std::move(generate));
    if (!key)
        co_return base::failed(std::move(key), u"making a new account key");
    auto thumbprint = jose::thumbprint(key->publicKey());
    if (!thumbprint)
        co_return tl::unexpected(std::move(thumbprint).error());
    moved.account.keyThumbprint = QString::fromLatin1(*thumbprint);
    auto sealed = sealAccountKey(m_vault, moved.account.id, *key);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    moved.sealedKey = *std::move(sealed);
    co_return moved;
}

Task<Result<void>> Rebinding::store(RebindPlan plan)
{
    QList<MovedAccount> accounts;
    for (const ReboundAccount& rebound : std::as_const(plan.accounts)) {
        auto account = co_await moved(rebound);
        if (!account)
            co_return tl::unexpected(std::move(account).error());
        accounts.append(*std::move(account));
    }
    auto stored = co_await m_repositories.authorities.rebind(plan.authority, std::move(accounts));
    if (!stored)
        co_return stored;
    AuthorityCondition goesOn;
    goesOn.authorityId = plan.authority.id;
    co_await m_repositories.authorities.noteStop(std::move(goesOn));
    m_clients.apply(plan.authority);
    for (const ReboundOrder& order : std::as_const(plan.orders)) {
        auto kept = co_await storeOrder(order);
        if (!kept)
            co_return kept;
    }
    co_return Result<void>();
}

Task<Result<void>> Rebinding::storeOrder(ReboundOrder rebound)
{
    auto events = co_await m_repositories.orders.events(rebound.order.id, 0);
    if (!events)
        co_return tl::unexpected(std::move(events).error());
    OrderRecord record = rebound.order;
    OrderEvent event;
    event.orderId = record.id;
    event.sequence = events->isEmpty() ? 1 : events->last().sequence + 1;
    event.at = m_journal.now();
    record.updatedAt = event.at;
    if (rebound.url.isEmpty()) {
        record.error = base::Error(ErrorCode::NotFound,
                                   u"the authority was renamed, and its new place does not know "
                                   "the order that was begun at %1"_s.arg(record.url.toString()));
        record.state = OrderState::Failed;
        event.state = u"failed"_s;
        event.detail = record.error->detail();
        event.error = record.error;
    } else {
        event.state = u"renamed"_s;
        event.detail = u"the order is %1 now"_s.arg(rebound.url.toString());
        record.url = rebound.url;
        record.finalizeUrl = rebound.finalizeUrl;
        if (!rebound.certificateUrl.isEmpty())
            record.certificateUrl = rebound.certificateUrl;
    }
    QList<OrderEvent> added;
    added.append(std::move(event));
    co_return co_await m_repositories.orders.update(std::move(record), std::move(added));
}

} // namespace lifecycle
