// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/orders.h"

#include "base/work_pool.h"
#include "challenge/solver.h"
#include "lifecycle/accounts.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/enroller.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/lease.h"
#include "lifecycle/order_run.h"
#include "lifecycle/order_services.h"
#include "lifecycle/repositories.h"

#include <QSet>
#include <QUuid>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr qint64 usualWaitSeconds = 24LL * 60 * 60;
constexpr qint64 secondsBetweenResumes = 5LL * 60;

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

OrderRecord recordFor(const IssueRequest& request, const QDateTime& now, const Actor& actor)
{
    OrderRecord record;
    record.id = newId();
    record.request = request;
    record.createdAt = now;
    record.updatedAt = now;
    record.newOrderSentAt = now;
    record.deadline = now.addSecs(request.waitSeconds > 0 ? request.waitSeconds : usualWaitSeconds);
    record.actor = actor.user;
    return record;
}

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

Task<Result<QString>> Orders::place(IssueRequest request, std::stop_token stop)
{
    auto run = std::make_shared<OrderRun>();
    auto prepared = co_await prepare(std::move(request), run, std::move(stop));
    if (!prepared)
        co_return tl::unexpected(std::move(prepared).error());
    auto stored = co_await store(*std::move(prepared), run);
    if (!stored)
        co_return base::failed(std::move(stored), u"storing the order before asking");
    const QString id = run->progress->record().id;
    m_running.insert(id, run);
    m_scope.start(execute(run));
    m_services->feed.announce(Change::Orders | Change::Certificates);
    co_return id;
}

Task<Result<IssueRequest>> Orders::prepare(IssueRequest request, std::shared_ptr<OrderRun> run, std::stop_token stop)
{
    if (request.names.isEmpty())
        co_return base::invalid(u"names"_s, u"a certificate needs a name"_s);
    if (!m_services->vault.isOpen(Ring::Renewal))
        co_return base::failed(ErrorCode::Locked, u"the vault is locked"_s);
    auto condition = co_await m_services->repositories.authorities.condition(request.authorityId);
    if (condition && condition->isStopped())
        co_return tl::unexpected(base::Error(ErrorCode::UntrustedServer, condition->stopReason).about(u"authority"_s));
    auto account = co_await chosenAccount(request);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    request.accountId = account->id;
    auto permitted = co_await m_services->policies.check(request);
    if (!permitted)
        co_return tl::unexpected(std::move(permitted).error());
    if (!request.certificateId.isEmpty()) {
        auto free = co_await checkNotOrdered(request.certificateId);
        if (!free)
            co_return tl::unexpected(std::move(free).error());
    }
    auto solver = m_services->solvers.make(request.proof);
    if (!solver)
        co_return tl::unexpected(std::move(solver).error());
    run->solver = *std::move(solver);
    // An address that another process of ours holds will be free when its orders are done: the run waits for it.
    const bool heldElsewhere = !takeAddress(request.proof, *run);
    if (!heldElsewhere) {
        auto ready = co_await run->solver->prepare(request.names, std::move(stop));
        if (!ready)
            co_return tl::unexpected(std::move(ready).error());
    }
    co_return request;
}

Task<Result<Account>> Orders::chosenAccount(IssueRequest request)
{
    if (request.accountId.isEmpty())
        co_return co_await m_services->accounts.onlyOneOf(request.authorityId);
    auto account = co_await m_services->accounts.byId(request.accountId);
    if (account && account->status != Account::Status::Valid)
        co_return base::invalid(u"account"_s, u"this account is %1"_s.arg(accountStatusName(account->status)));
    co_return account;
}

Task<Result<void>> Orders::checkNotOrdered(QString certificateId)
{
    auto unfinished = co_await m_services->repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    for (const OrderRecord& order : *unfinished)
        if (order.request.certificateId == certificateId)
            co_return base::failed(ErrorCode::Busy, u"an order for this certificate is unfinished: "_s + order.id);
    co_return Result<void>();
}

bool Orders::takeAddress(const challenge::ProofSettings& proof, OrderRun& run)
{
    if (proof.listenAddress.isEmpty())
        return true;
    auto lease = m_services->leases.acquire(u"listen:"_s + proof.listenAddress);
    if (lease)
        run.addressLease = *std::move(lease);
    return run.addressLease != nullptr;
}

Task<Result<void>> Orders::store(IssueRequest request, std::shared_ptr<OrderRun> run)
{
    auto generate = [type = request.keyType] { return crypto::PrivateKey::generate(type); };
    auto key = co_await base::inPool(std::move(generate));
    if (!key)
        co_return base::failed(std::move(key), u"making the certificate's key");
    std::optional<ManagedCertificate> certificate;
    const QDateTime now = m_services->clock.now();
    if (request.certificateId.isEmpty()) {
        request.certificateId = newId();
        certificate = ManagedCertificate {request.certificateId, request, {}, now, {}};
    }
    OrderRecord record = recordFor(request, now, m_services->journal.actor());
    auto lease = m_services->leases.acquire(u"order:"_s + record.id);
    if (!lease)
        co_return tl::unexpected(std::move(lease).error());
    auto sealed = sealOrderKey(m_services->vault, record.id, *key);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto inserted = co_await m_services->repositories.orders.insert(record, *std::move(sealed), std::move(certificate));
    if (!inserted)
        co_return inserted;
    run->orderLease = *std::move(lease);
    run->key = *std::move(key);
    run->fresh = true;
    run->progress = std::make_shared<OrderProgress>(std::move(record), 0, m_services->repositories.orders,
                                                    m_services->clock, m_services->feed);
    co_return inserted;
}

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
    m_running.insert(id, run);
    m_scope.start(execute(run));
    m_services->feed.announce(Change::Orders);
    co_return loaded;
}

Task<Result<void>> Orders::load(QString id, std::shared_ptr<OrderRun> run)
{
    auto record = co_await m_services->repositories.orders.byId(id);
    if (!record)
        co_return tl::unexpected(std::move(record).error());
    if (isFinished(record->state))
        co_return base::failed(ErrorCode::InvalidInput,
                               u"the order is %1 already"_s.arg(orderStateName(record->state)));
    auto sealed = co_await m_services->repositories.orders.sealedKey(id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openOrderKey(m_services->vault, id, *sealed);
    if (!key)
        co_return base::failed(std::move(key), u"opening the order's key");
    auto events = co_await m_services->repositories.orders.events(id);
    if (!events)
        co_return tl::unexpected(std::move(events).error());
    auto solver = m_services->solvers.make(record->request.proof);
    if (!solver)
        co_return tl::unexpected(std::move(solver).error());
    const qint64 wait = record->request.waitSeconds > 0 ? record->request.waitSeconds : usualWaitSeconds;
    record->deadline = m_services->clock.now().addSecs(wait);
    const int lastSequence = events->isEmpty() ? 0 : events->last().sequence;
    run->key = *std::move(key);
    run->solver = *std::move(solver);
    run->progress = std::make_shared<OrderProgress>(*std::move(record), lastSequence, m_services->repositories.orders,
                                                    m_services->clock, m_services->feed);
    co_return Result<void>();
}

Task<Result<QStringList>> Orders::resumeInterrupted()
{
    auto unfinished = co_await m_services->repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    co_return co_await resumeThose(*std::move(unfinished));
}

Task<Result<QStringList>> Orders::resumeRipe()
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

Task<Result<QStringList>> Orders::resumeThose(QList<OrderRecord> orders)
{
    QStringList resumed;
    for (const OrderRecord& order : std::as_const(orders)) {
        if (m_running.contains(order.id))
            continue;
        auto started = co_await resume(order.id);
        if (started)
            resumed.append(order.id);
        else if (started.error().code() != ErrorCode::Busy)
            co_return base::failed(std::move(started), u"resuming an interrupted order");
    }
    co_return resumed;
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

Task<Result<OrderDetails>> Orders::details(QString id)
{
    auto record = co_await m_services->repositories.orders.byId(id);
    if (!record)
        co_return tl::unexpected(std::move(record).error());
    auto events = co_await m_services->repositories.orders.events(id);
    if (!events)
        co_return tl::unexpected(std::move(events).error());
    OrderDetails details {*std::move(record), *std::move(events), false};
    details.running = m_services->leases.isHeld(u"order:"_s + id);
    if (const auto run = m_running.value(id)) {
        details.record = run->progress->record();
        details.events += run->progress->unsaved();
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
