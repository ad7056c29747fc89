// SPDX-License-Identifier: Apache-2.0
#include "base/logging.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/journal.h"
#include "lifecycle/lease.h"
#include "lifecycle/order_run.h"
#include "lifecycle/order_services.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

QString summaryOf(const QList<GivenUpAuthorization>& outcomes)
{
    const auto ended = std::count_if(outcomes.begin(), outcomes.end(), [](const GivenUpAuthorization& outcome) {
        return outcome.state == u"deactivated" && !outcome.error;
    });
    return u"%1 of %2 authorizations are deactivated"_s.arg(ended).arg(outcomes.size());
}

} // namespace

Task<Result<void>> Orders::cancel(QString id)
{
    if (const auto run = m_running.value(id)) {
        run->cancelled = true;
        run->stop.request_stop();
        co_await waitFor(id);
        co_await withdraw(run->progress->record());
        co_return Result<void>();
    }
    auto lease = m_services->leases.acquire(u"order:"_s + id);
    if (!lease)
        co_return tl::unexpected(std::move(lease).error());
    auto run = std::make_shared<OrderRun>();
    run->orderLease = *std::move(lease);
    run->cancelled = true;
    auto loaded = co_await load(id, run);
    if (!loaded)
        co_return loaded;
    auto swept = co_await removeOldPlacements(run);
    tellLeftovers(*run);
    co_await giveUp(run, base::Error(ErrorCode::Cancelled, u"cancelled"_s));
    co_await withdraw(run->progress->record());
    co_return swept;
}

Task<Result<QStringList>> Orders::namesStillNeeded(OrderRecord order)
{
    auto unfinished = co_await m_services->repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    QStringList needed;
    for (const OrderRecord& other : *unfinished)
        if (other.id != order.id && other.request.accountId == order.request.accountId)
            needed += base::identifierValues(other.request.names);
    co_return needed;
}

Task<void> Orders::withdraw(OrderRecord order)
{
    // Only an order that still proved names has pending ones, which would count against the account until they expire.
    if (order.state != OrderState::Cancelled)
        co_return;
    auto needed = co_await namesStillNeeded(order);
    if (!needed)
        co_return;
    GivingUp what;
    what.order = std::move(order);
    what.keep = *std::move(needed);
    what.pendingOnly = true;
    auto given = co_await m_services->enroller.giveUp(std::move(what), m_scope.stopToken());
    if (!given)
        qCInfo(base::log::lifecycle) << "pending authorizations stay:" << given.error().message();
}

Task<Result<QList<GivenUpAuthorization>>> Orders::deactivateAuthorizations(QString id, std::stop_token stop)
{
    auto order = co_await m_services->repositories.orders.byId(id);
    if (!order)
        co_return tl::unexpected(std::move(order).error());
    if (!isFinished(order->state))
        co_return base::invalid(u"order"_s, u"this order has not ended and needs them; cancel it first"_s);
    auto needed = co_await namesStillNeeded(*order);
    if (!needed)
        co_return tl::unexpected(std::move(needed).error());
    GivingUp what;
    what.order = *order;
    what.keep = *std::move(needed);
    auto given = co_await m_services->enroller.giveUp(std::move(what), std::move(stop));
    const QString title = base::identifierValues(order->request.names).join(u", "_s);
    if (!given) {
        co_await m_services->journal.failed(u"order.deactivate-authorizations"_s, id, title, given.error());
        co_return given;
    }
    const QString summary = summaryOf(*given);
    co_await m_services->journal.done(u"order.deactivate-authorizations"_s, id, title, Change::Events, summary);
    co_return given;
}

} // namespace lifecycle
