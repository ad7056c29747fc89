// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/rebinding.h"

#include "lifecycle/acme_clients.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/journal.h"
#include "lifecycle/lease.h"
#include "lifecycle/new_place.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

QString summary(const RebindPlan& plan)
{
    const auto known = std::count_if(plan.accounts.begin(), plan.accounts.end(),
                                     [](const ReboundAccount& account) { return !account.url.isEmpty(); });
    return u"%1 → %2; %3 of %4 accounts are known there"_s
        .arg(plan.before.toString(), plan.authority.directoryUrl.toString())
        .arg(known)
        .arg(plan.accounts.size());
}

} // namespace

Rebinding::Rebinding(Repositories& repositories, Authorities& authorities, AcmeClients& clients, Orders& orders,
                     Vault& vault, Leases& leases, Journal& journal)
    : m_repositories(repositories)
    , m_authorities(authorities)
    , m_clients(clients)
    , m_orders(orders)
    , m_vault(vault)
    , m_leases(leases)
    , m_journal(journal)
{
}

Task<Result<std::shared_ptr<NewPlace>>> Rebinding::reach(RebindRequest request, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    const QUrl before = authority->directoryUrl;
    AuthorityDetails details = detailsOf(*authority);
    details.changing = authority->id;
    details.directoryUrl = request.directoryUrl;
    if (!request.rootsPem.isEmpty())
        details.rootsPem = request.rootsPem;
    auto preview = co_await m_authorities.preview(std::move(details), std::move(stop));
    if (!preview)
        co_return tl::unexpected(std::move(preview).error());
    authority->directoryUrl = QUrl(preview->details.directoryUrl);
    if (authority->directoryUrl == before)
        co_return base::invalid(u"directoryUrl"_s, u"that is where the authority is already"_s);
    authority->rootsPem = preview->details.rootsPem;
    authority->meta = preview->meta;
    authority->checkedAt = m_journal.now();
    auto proxy = m_clients.proxyOf(*authority);
    if (!proxy)
        co_return tl::unexpected(std::move(proxy).error());
    auto client = m_clients.probe(*authority, *proxy);
    co_return std::make_shared<NewPlace>(m_repositories, m_vault, *std::move(authority), before, std::move(client));
}

Task<Result<RebindPlan>> Rebinding::plan(RebindRequest request, std::stop_token stop)
{
    auto reached = co_await reach(std::move(request), stop);
    if (!reached)
        co_return tl::unexpected(std::move(reached).error());
    const std::shared_ptr<NewPlace> place = *std::move(reached);
    auto accounts = co_await place->accounts(stop);
    if (!accounts)
        co_return base::failed(std::move(accounts), u"asking the new place for the accounts");
    auto orders = co_await place->orders(std::move(stop));
    if (!orders)
        co_return base::failed(std::move(orders), u"asking the new place for the orders");
    RebindPlan plan;
    plan.authority = place->authority();
    plan.before = place->before();
    plan.accounts = *std::move(accounts);
    plan.orders = *std::move(orders);
    co_return plan;
}

Task<Result<RebindPlan>> Rebinding::apply(RebindRequest request, std::stop_token stop)
{
    co_await m_orders.interrupt(request.authorityId);
    auto unfinished = co_await m_repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    QList<std::shared_ptr<HeldLease>> held; // nobody resumes them meanwhile
    for (const OrderRecord& order : std::as_const(*unfinished)) {
        if (order.request.authorityId != request.authorityId)
            continue;
        auto lease = m_leases.acquire(u"order:"_s + order.id);
        if (!lease)
            co_return base::failed(std::move(lease), u"an order of this authority is running");
        held.append(*std::move(lease));
    }
    auto made = co_await plan(std::move(request), std::move(stop));
    if (!made)
        co_return made;
    auto stored = co_await store(*made);
    if (!stored) {
        co_await m_journal.failed(u"authority.rebind"_s, made->authority.id, made->authority.name, stored.error());
        co_return tl::unexpected(std::move(stored).error());
    }
    co_await m_journal.done(u"authority.rebind"_s, made->authority.id, made->authority.name,
                            Change::Authorities | Change::Accounts | Change::Orders, summary(*made));
    co_return made;
}

} // namespace lifecycle
