// SPDX-License-Identifier: Apache-2.0
#include "base/logging.h"
#include "challenge/solver.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/lease.h"
#include "lifecycle/order_services.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"

#include <QSet>

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr std::chrono::minutes betweenCleanUps {15};

Task<void> Orders::keepRemovingLeftBehind(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        co_await removeLeftBehind(stop);
        co_await m_services->clock.sleep(betweenCleanUps, stop);
    }
}

Task<void> Orders::removeLeftBehind(std::stop_token stop)
{
    auto orders = co_await m_services->repositories.orders.endedWithPlacements();
    if (!orders)
        co_return;
    QSet<QString> failing;
    for (const OrderRecord& order : std::as_const(*orders)) {
        const QString proof = order.request.proof.summary();
        if (stop.stop_requested() || failing.contains(proof))
            continue;
        auto lease = m_services->leases.acquire(u"order:"_s + order.id);
        if (!lease)
            continue; // another process is at it
        auto removed = co_await removeLeftBehindOf(order);
        if (removed)
            continue;
        failing.insert(proof);
        qCWarning(base::log::lifecycle) << "cleaning up after order" << order.id << removed.error().message();
    }
}

Task<Result<void>> Orders::removeLeftBehindOf(OrderRecord order)
{
    auto solver = co_await solverFor(order.request);
    if (!solver)
        co_return tl::unexpected(std::move(solver).error());
    auto placements = co_await m_services->repositories.orders.placements(order.id);
    if (!placements)
        co_return tl::unexpected(std::move(placements).error());
    QStringList removed;
    Result<void> outcome;
    for (const Placement& placement : std::as_const(*placements)) {
        auto cleaned = co_await (*solver)->cleanUp(placement.what);
        if (cleaned)
            removed.append(placement.id);
        else
            outcome = std::move(cleaned);
    }
    const bool all = removed.size() == placements->size();
    auto forgotten = co_await m_services->repositories.orders.removePlacements(std::move(removed));
    if (!forgotten)
        co_return forgotten;
    if (all)
        co_await noteCleanedUp(std::move(order));
    co_return outcome;
}

Task<void> Orders::noteCleanedUp(OrderRecord order)
{
    auto before = co_await m_services->repositories.orders.events(order.id, 0);
    OrderEvent event;
    event.sequence = before && !before->isEmpty() ? before->last().sequence + 1 : 1;
    event.at = m_services->clock.now();
    event.subject = OrderEvent::Subject::Challenge;
    event.state = u"cleaned up"_s;
    const QList<OrderEvent> events {event};
    co_await m_services->repositories.orders.append(order.id, events);
    m_services->feed.announce(Change::Orders);
}

} // namespace lifecycle
