// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/rebinding.h"

#include "acme/acme_client.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/lease.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

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

/// Whether the server answered that it knows no such order, rather than not answering.
bool isAnswer(const base::Error& error)
{
    return error.code() == ErrorCode::Rejected || error.code() == ErrorCode::NotFound
        || error.code() == ErrorCode::Protocol;
}

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

/// The new place, and whom to ask there.
struct Rebinding::Line {
    Authority authority; ///< as it will be
    QUrl before;
    std::shared_ptr<acme::AcmeClient> client;
};

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

Task<Result<Rebinding::Line>> Rebinding::lineTo(RebindRequest request, std::stop_token stop)
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
    co_return Line {*authority, before, m_clients.probe(*authority, *proxy)};
}

Task<Result<RebindPlan>> Rebinding::plan(RebindRequest request, std::stop_token stop)
{
    auto made = co_await lineTo(std::move(request), stop);
    if (!made)
        co_return tl::unexpected(std::move(made).error());
    const auto line = std::make_shared<Line>(*std::move(made));
    auto accounts = co_await askForAccounts(line, stop);
    if (!accounts)
        co_return base::failed(std::move(accounts), u"asking the new place for the accounts");
    RebindPlan plan;
    plan.authority = line->authority;
    plan.before = line->before;
    plan.accounts = *std::move(accounts);
    auto orders = co_await askForOrders(line, plan, std::move(stop));
    if (!orders)
        co_return base::failed(std::move(orders), u"asking the new place for the orders");
    plan.orders = *std::move(orders);
    co_return plan;
}

Task<Result<QList<ReboundAccount>>> Rebinding::askForAccounts(std::shared_ptr<Line> line, std::stop_token stop)
{
    auto all = co_await m_repositories.accounts.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    QList<ReboundAccount> rebound;
    for (const Account& account : std::as_const(*all)) {
        if (account.authorityId != line->authority.id || account.status != Account::Status::Valid)
            continue;
        auto url = co_await newUrlOf(line, account, stop);
        if (!url)
            co_return tl::unexpected(std::move(url).error());
        ReboundAccount found;
        found.account = account;
        found.url = *std::move(url);
        rebound.append(found);
    }
    co_return rebound;
}

Task<Result<QUrl>> Rebinding::newUrlOf(std::shared_ptr<Line> line, Account account, std::stop_token stop)
{
    auto sealed = co_await m_repositories.accounts.sealedKey(account.id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openAccountKey(m_vault, account.id, *sealed);
    if (!key)
        co_return base::failed(std::move(key), u"opening the account key");
    acme::AccountContext context {*std::move(key)};
    auto found = co_await line->client->findAccount(std::move(context), std::move(stop));
    if (found)
        co_return found->url;
    if (knowsNoSuchKey(found.error()))
        co_return QUrl();
    co_return tl::unexpected(std::move(found).error());
}

Task<Result<QList<ReboundOrder>>> Rebinding::askForOrders(std::shared_ptr<Line> line, RebindPlan plan,
                                                          std::stop_token stop)
{
    auto unfinished = co_await m_repositories.orders.unfinished();
    if (!unfinished)
        co_return tl::unexpected(std::move(unfinished).error());
    QHash<QString, QUrl> accounts;
    for (const ReboundAccount& account : std::as_const(plan.accounts))
        accounts.insert(account.account.id, account.url);
    QList<ReboundOrder> rebound;
    for (const OrderRecord& order : std::as_const(*unfinished)) {
        if (order.request.authorityId != line->authority.id || order.url.isEmpty())
            continue; // one that was never sent begins at the new place
        auto found = co_await askForOrder(line, order, accounts.value(order.request.accountId), stop);
        if (!found)
            co_return tl::unexpected(std::move(found).error());
        rebound.append(*std::move(found));
    }
    co_return rebound;
}

Task<Result<ReboundOrder>> Rebinding::askForOrder(std::shared_ptr<Line> line, OrderRecord order, QUrl accountUrl,
                                                  std::stop_token stop)
{
    ReboundOrder rebound;
    rebound.order = order;
    if (accountUrl.isEmpty())
        co_return rebound;
    auto sealed = co_await m_repositories.accounts.sealedKey(order.request.accountId);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openAccountKey(m_vault, order.request.accountId, *sealed);
    if (!key)
        co_return base::failed(std::move(key), u"opening the account key");
    acme::AccountContext context {*std::move(key), accountUrl};
    const QUrl url = translated(order.url, line->before, line->authority.directoryUrl);
    auto found = co_await line->client->order(std::move(context), url, std::move(stop));
    if (!found && !isAnswer(found.error()))
        co_return tl::unexpected(std::move(found).error());
    if (found && found->isFor(order.request.names)) {
        rebound.url = url;
        rebound.finalizeUrl = found->finalize;
        rebound.certificateUrl = found->certificate;
    }
    co_return rebound;
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

Task<Result<void>> Rebinding::store(RebindPlan plan)
{
    QList<Account> accounts;
    for (const ReboundAccount& rebound : std::as_const(plan.accounts)) {
        Account account = rebound.account;
        account.url = rebound.url;
        account.status = rebound.url.isEmpty() ? Account::Status::Pending : Account::Status::Valid;
        accounts.append(account);
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
