// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/orders.h"

#include "base/logging.h"
#include "challenge/solver.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/lease.h"
#include "lifecycle/order_run.h"
#include "lifecycle/order_services.h"
#include "lifecycle/repositories.h"

#include <QSet>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr qint64 secondsBetweenResumes = 5LL * 60;

/// Ids of the authorities to which nothing is sent.
Task<Result<QSet<QString>>> stoppedAuthorities(Repositories& repositories)
{
    auto conditions = co_await repositories.authorities.conditions();
    if (!conditions)
        co_return tl::unexpected(std::move(conditions).error());
    QSet<QString> stopped;
    for (const AuthorityCondition& condition : std::as_const(*conditions))
        if (condition.isStopped())
            stopped.insert(condition.authorityId);
    co_return stopped;
}

/// When an interrupted order may be resumed by nobody's wish. One that was merely stopped may be at once, and one that
/// met an untrusted server as soon as the authority is not stopped any more.
QDateTime ripeAt(const OrderRecord& order)
{
    if (!order.error || order.error->code() == ErrorCode::Cancelled
        || order.error->code() == ErrorCode::UntrustedServer)
        return order.createdAt;
    const QDateTime usual = order.updatedAt.addSecs(secondsBetweenResumes);
    return std::max(usual, order.error->retryAt().value_or(usual));
}

} // namespace

Orders::Orders(OrderServices services)
    : m_services(std::make_unique<OrderServices>(std::move(services)))
{
}

Orders::~Orders() = default;

Task<Result<void>> Orders::resume(QString id)
{
    if (m_running.contains(id))
        co_return base::failed(ErrorCode::Busy, u"this process runs it already"_s);
    auto lease = m_services->leases.acquire(u"order:"_s + id);
    if (!lease)
        co_return tl::unexpected(std::move(lease).error());
    auto run = std::make_shared<OrderRun>();
    run->orderLease = *std::move(lease);
    auto loaded = co_await load(id, run);
    if (!loaded)
        co_return loaded;
    begin(run);
    m_services->feed.announce(Change::Orders);
    co_return loaded;
}

void Orders::begin(std::shared_ptr<OrderRun> run)
{
    if (m_scope.stopToken().stop_requested()) // while it was placed or loaded: its row is there to be resumed
        run->stop.request_stop();
    m_running.insert(run->progress->record().id, run);
    m_scope.start(execute(run));
}

Task<Result<void>> Orders::load(QString id, std::shared_ptr<OrderRun> run)
{
    auto record = co_await m_services->repositories.orders.byId(id);
    if (!record)
        co_return tl::unexpected(std::move(record).error());
    if (isFinished(record->state))
        co_return base::failed(ErrorCode::InvalidInput,
                               u"the order is %1 already"_s.arg(orderStateName(record->state)));
    auto key = co_await keyOfOrder(*record);
    if (!key)
        co_return base::failed(std::move(key), u"opening the order's key");
    auto events = co_await m_services->repositories.orders.events(id, 0);
    if (!events)
        co_return tl::unexpected(std::move(events).error());
    auto solver = co_await solverFor(record->request);
    if (!solver)
        co_return tl::unexpected(std::move(solver).error());
    record->deadline = record->request.deadline(m_services->clock.now());
    const int lastSequence = events->isEmpty() ? 0 : events->last().sequence;
    run->key = *std::move(key);
    run->solver = *std::move(solver);
    run->progress = std::make_shared<OrderProgress>(*std::move(record), lastSequence, m_services->repositories.orders,
                                                    m_services->clock, m_services->feed);
    co_return Result<void>();
}

Task<Result<ResumedOrders>> Orders::resumeInterrupted()
{
    auto unfinished = co_await m_services->repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    co_return co_await resumeThose(*std::move(unfinished));
}

Task<Result<ResumedOrders>> Orders::resumeRipe()
{
    auto unfinished = co_await m_services->repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    const auto stopped = co_await stoppedAuthorities(m_services->repositories);
    if (!stopped)
        co_return tl::unexpected(stopped.error());
    const QDateTime now = m_services->clock.now();
    unfinished->removeIf([now, &stopped](const OrderRecord& order) {
        return ripeAt(order) > now || stopped->contains(order.request.authorityId);
    });
    co_return co_await resumeThose(*std::move(unfinished));
}

Task<Result<ResumedOrders>> Orders::resumeThose(QList<OrderRecord> orders)
{
    ResumedOrders resumed;
    for (const OrderRecord& order : std::as_const(orders)) {
        if (m_running.contains(order.id))
            continue;
        auto started = co_await resume(order.id);
        if (started)
            resumed.ids.append(order.id);
        else if (started.error().code() == ErrorCode::Locked)
            co_return base::failed(std::move(started), u"resuming an interrupted order");
        if (started || started.error().code() == ErrorCode::Busy)
            continue;
        const bool ended = co_await hasEndedMeanwhile(order.id);
        if (ended)
            continue;
        resumed.failed.append(u"order %1: %2"_s.arg(order.id, started.error().message()));
        qCWarning(base::log::lifecycle) << "resuming" << resumed.failed.last();
    }
    co_return resumed;
}

Task<bool> Orders::hasEndedMeanwhile(QString id)
{
    auto record = co_await m_services->repositories.orders.byId(std::move(id));
    co_return record&& isFinished(record->state);
}

Task<Result<OrderRecord>> Orders::waitFor(QString id)
{
    if (const auto run = m_running.value(id)) {
        const base::Delivery<bool> ended;
        run->waiting.append(ended);
        co_await ended;
    }
    co_return co_await m_services->repositories.orders.byId(id);
}

Task<void> Orders::interrupt(QString authorityId)
{
    QStringList stopping;
    for (const auto& run : std::as_const(m_running))
        if (run->progress && run->progress->record().request.authorityId == authorityId) {
            run->stop.request_stop();
            stopping.append(run->progress->record().id);
        }
    for (const QString& id : std::as_const(stopping))
        co_await waitFor(id);
}

void Orders::checkNow(const QString& id)
{
    if (const auto run = m_running.value(id); run && run->progress)
        run->progress->checkNow();
}

Task<Result<OrderDetails>> Orders::details(QString id, int afterSequence)
{
    auto record = co_await m_services->repositories.orders.byId(id);
    if (!record)
        co_return tl::unexpected(std::move(record).error());
    auto events = co_await m_services->repositories.orders.events(id, afterSequence);
    if (!events)
        co_return tl::unexpected(std::move(events).error());
    OrderDetails details {*std::move(record), *std::move(events), false};
    details.running = m_services->leases.isHeld(u"order:"_s + id);
    if (const auto run = m_running.value(id)) {
        details.record = run->progress->record();
        details.events += run->progress->unsaved(afterSequence);
    }
    co_return details;
}

Task<Result<QList<OrderRow>>> Orders::page(int offset, int limit)
{
    auto rows = co_await m_services->repositories.orders.page(offset, limit);
    if (!rows)
        co_return rows;
    for (OrderRow& row : *rows)
        row.running = !isFinished(row.state) && m_services->leases.isHeld(u"order:"_s + row.id);
    co_return rows;
}

Task<void> Orders::drain()
{
    for (const auto& run : std::as_const(m_running))
        run->stop.request_stop();
    co_await m_scope.drain();
}

} // namespace lifecycle
