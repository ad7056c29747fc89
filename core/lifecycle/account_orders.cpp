// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_orders.h"

#include "acme/acme_client.h"
#include "acme/server_traits.h"
#include "lifecycle/account_line.h"
#include "lifecycle/accounts.h"
#include "lifecycle/repositories.h"

#include <vector>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

/// A server's page may hold thousands of orders, each of which is a request.
constexpr int ordersAtOnce = 20;

std::optional<AccountOrderCursor> following(const acme::OrderList& list, const QUrl& url, int offset)
{
    if (offset + ordersAtOnce < list.orders.size())
        return AccountOrderCursor {url, offset + ordersAtOnce};
    if (!list.next.isEmpty())
        return AccountOrderCursor {list.next, 0};
    return std::nullopt;
}

} // namespace

Task<Result<AccountOrderPage>> Accounts::orders(QString id, AccountOrderCursor from, std::stop_token stop)
{
    auto account = co_await m_repositories.accounts.byId(id);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    if (account->status != Account::Status::Valid)
        co_return base::failed(ErrorCode::InvalidInput, u"the account is %1"_s.arg(accountStatusName(account->status)));
    auto authority = co_await m_repositories.authorities.byId(account->authorityId);
    if (authority && acme::traitsOf(authority->meta.kind).listingOrdersBreaksAccounts)
        co_return base::failed(ErrorCode::Unsupported,
                               u"the orders are not asked for: the server would take no more orders of the account"_s);
    auto opened = co_await lineFor(*std::move(account), stop);
    if (!opened)
        co_return tl::unexpected(std::move(opened).error());
    const auto line = std::make_shared<Line>(*std::move(opened));
    QUrl list = from.page;
    if (list.isEmpty()) {
        auto known = co_await line->client->account(line->signer, stop);
        if (!known)
            co_return tl::unexpected(std::move(known).error());
        list = known->orders;
    }
    if (list.isEmpty())
        co_return base::failed(ErrorCode::Unsupported, u"the authority has no list of orders"_s);
    co_return co_await readOrders(line, list, from.offset, std::move(stop));
}

Task<Result<AccountOrderPage>> Accounts::readOrders(std::shared_ptr<Line> line, QUrl list, int offset,
                                                    std::stop_token stop)
{
    auto listed = co_await line->client->orders(line->signer, list, stop);
    if (!listed)
        co_return tl::unexpected(std::move(listed).error());
    const QList<QUrl> wanted = listed->orders.mid(offset, ordersAtOnce);
    std::vector<Task<Result<AccountOrder>>> reads;
    for (const QUrl& url : wanted)
        reads.push_back(readOrder(line, url, stop));
    AccountOrderPage page;
    for (auto& read : reads) {
        auto order = co_await std::move(read);
        if (!order)
            co_return tl::unexpected(std::move(order).error());
        page.orders.append(*std::move(order));
    }
    page.next = following(*listed, list, offset);
    co_return page;
}

// One that the authority no longer shows is told as such; it is no reason to show none.
Task<Result<AccountOrder>> Accounts::readOrder(std::shared_ptr<Line> line, QUrl url, std::stop_token stop)
{
    auto ours = co_await m_repositories.orders.knowsUrl(url);
    AccountOrder order;
    order.url = url;
    order.ours = ours.value_or(false);
    auto read = co_await line->client->order(line->signer, url, std::move(stop));
    if (!read && read.error().code() == ErrorCode::Cancelled)
        co_return tl::unexpected(std::move(read).error());
    if (!read) {
        order.error = read.error().message();
        co_return order;
    }
    order.state = read->statusText;
    order.names = read->identifierValues;
    order.expires = read->expires.value_or(QDateTime());
    order.error = read->error ? read->error->summary() : QString();
    co_return order;
}

} // namespace lifecycle
