// SPDX-License-Identifier: Apache-2.0
#include "challenge/solver.h"
#include "lifecycle/accounts.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/lease.h"
#include "lifecycle/order_input.h"
#include "lifecycle/order_run.h"
#include "lifecycle/order_services.h"
#include "lifecycle/orders.h"
#include "lifecycle/persist_records.h"
#include "lifecycle/repositories.h"

#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

OrderRecord recordFor(const IssueRequest& request, const QDateTime& now, const Actor& actor)
{
    OrderRecord record;
    record.id = newId();
    record.request = request.forOrder(now);
    record.createdAt = now;
    record.updatedAt = now;
    record.newOrderSentAt = now;
    record.deadline = request.deadline(now);
    record.actor = actor.user;
    return record;
}

} // namespace

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
    begin(run);
    m_services->feed.announce(Change::Orders | Change::Certificates);
    co_return id;
}

Task<Result<IssueRequest>> Orders::prepare(IssueRequest request, std::shared_ptr<OrderRun> run, std::stop_token stop)
{
    auto accepted = co_await acceptableRequest(std::move(request));
    if (!accepted)
        co_return accepted;
    auto solver = co_await solverFor(*accepted);
    if (!solver)
        co_return tl::unexpected(std::move(solver).error());
    run->solver = *std::move(solver);
    // An address that another process of ours holds will be free when its orders are done: the run waits for it.
    const bool heldElsewhere = !takeAddress(accepted->proof, *run);
    if (!heldElsewhere) {
        auto ready = co_await run->solver->prepare(accepted->names, std::move(stop));
        if (!ready)
            co_return tl::unexpected(std::move(ready).error());
        run->prepared = true;
    }
    co_return accepted;
}

Task<Result<IssueRequest>> Orders::acceptableRequest(IssueRequest request)
{
    auto checked = checkedInput(std::move(request), m_services->clock.now());
    if (!checked)
        co_return checked;
    if (!m_services->vault.isOpen(Ring::Renewal))
        co_return base::failed(ErrorCode::Locked, u"the vault is locked"_s);
    auto condition = co_await m_services->repositories.authorities.condition(checked->authorityId);
    if (condition && condition->isStopped())
        co_return tl::unexpected(base::Error(ErrorCode::UntrustedServer, condition->stopReason).about(u"authority"_s));
    auto authority = co_await m_services->repositories.authorities.byId(checked->authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    if (auto refused = refusedBy(*authority, *checked))
        co_return tl::unexpected(*std::move(refused));
    auto account = co_await chosenAccount(*checked);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    checked->accountId = account->id;
    auto permitted = co_await m_services->policies.check(*checked);
    if (!permitted)
        co_return tl::unexpected(std::move(permitted).error());
    if (checked->certificateId.isEmpty())
        co_return checked;
    auto free = co_await checkNotOrdered(checked->certificateId);
    if (!free)
        co_return tl::unexpected(std::move(free).error());
    co_return checked;
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

Task<Result<std::unique_ptr<challenge::Solver>>> Orders::solverFor(IssueRequest request)
{
    auto authority = co_await m_services->repositories.authorities.byId(request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto account = co_await m_services->accounts.byId(request.accountId);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    const challenge::SolverContext context {{account->url.toString(QUrl::FullyEncoded), account->keyThumbprint},
                                            authority->resolvers,
                                            persistenceOf(*authority)};
    co_return m_services->solvers.make(request.proof, context);
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
    auto key = co_await keyFor(request);
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    std::optional<ManagedCertificate> certificate;
    const QDateTime now = m_services->clock.now();
    if (request.certificateId.isEmpty()) {
        request.certificateId = newId();
        certificate = ManagedCertificate {request.certificateId, request.forRenewals(now), request.tags, now, {}};
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

} // namespace lifecycle
