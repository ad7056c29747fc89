// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client_private.h"
#include "acme/reply.h"
#include "acme/resource_url.h"
#include "jose/base64url.h"

#include <QJsonArray>
#include <QJsonObject>

#include <utility>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

base::Result<Order> orderOf(const http::HttpResponse& response)
{
    base::Result<QJsonObject> json = objectOf(response);
    if (!json)
        return base::failed(std::move(json).error());
    return Order::fromJson(*json, response.url);
}

// The order exists once its URL is known: a body that cannot be read must not lose it.
base::Result<Order> newOrderOf(const http::HttpResponse& response)
{
    base::Result<QUrl> location = locationOf(response);
    if (!location)
        return base::failed(std::move(location).error());
    if (location->isEmpty())
        return base::failed(base::ErrorCode::Protocol, u"the server gave the order no URL (Location)"_s);
    base::Result<Order> order = orderOf(response);
    if (!order) {
        order = Order();
        order->status = OrderStatus::Unknown;
    }
    order->url = *location;
    return order;
}

base::Result<OrderList> orderListOf(const http::HttpResponse& response)
{
    base::Result<QJsonDocument> json = jsonOf(response);
    if (!json)
        return base::failed(std::move(json).error());
    const QJsonValue entries = json->isArray() ? QJsonValue(json->array()) : json->object()[u"orders"_s];
    base::Result<QList<QUrl>> urls = resourceUrls(entries, response.url);
    if (!urls)
        return base::failed(std::move(urls).error());
    return OrderList {*urls, linksOf(response, u"next").value(0)};
}

} // namespace

Order AcmeClient::Private::stamped(Order order, const http::HttpResponse& response) const
{
    order.retryAfter = retryAfterOf(response, clock.now());
    return order;
}

base::Task<base::Result<Order>> AcmeClient::newOrder(AccountContext context, NewOrder request, std::stop_token stop)
{
    const QString step = u"creating order"_s;
    SignedRequest post = requestBy(std::move(context), QUrl());
    post.payload = payloadOf(request.toJson());
    post.repetition = Repetition::Never;
    base::Result<http::HttpResponse> reply =
        co_await m_private->postTo(&Directory::newOrder, std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<Order> order = newOrderOf(*reply);
    if (!order)
        co_return base::failed(std::move(order), step);
    co_return m_private->stamped(*std::move(order), *reply);
}

base::Task<base::Result<Order>> AcmeClient::order(AccountContext context, QUrl url, std::stop_token stop)
{
    const QString step = u"reading order"_s;
    SignedRequest post = requestBy(std::move(context), url);
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<Order> order = orderOf(*reply);
    if (!order)
        co_return base::failed(std::move(order), step);
    order->url = url;
    co_return m_private->stamped(*std::move(order), *reply);
}

base::Task<base::Result<OrderList>> AcmeClient::orders(AccountContext context, QUrl url, std::stop_token stop)
{
    const QString step = u"listing orders"_s;
    SignedRequest post = requestBy(std::move(context), url);
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<OrderList> list = orderListOf(*reply);
    if (!list)
        co_return base::failed(std::move(list), step);
    co_return list;
}

base::Task<base::Result<Order>> AcmeClient::finalize(AccountContext context, QUrl finalizeUrl, QByteArray csrDer,
                                                     std::stop_token stop)
{
    const QString step = u"finalizing order"_s;
    SignedRequest post = requestBy(std::move(context), finalizeUrl);
    post.payload = payloadOf({{u"csr"_s, QString::fromLatin1(jose::base64url::encode(csrDer))}});
    post.repetition = Repetition::Never;
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<Order> order = orderOf(*reply);
    if (!order)
        co_return base::failed(std::move(order), step);
    order->url = locationOf(*reply).value_or(QUrl());
    co_return m_private->stamped(*std::move(order), *reply);
}

} // namespace acme
