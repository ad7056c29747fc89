// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client_private.h"
#include "acme/reply.h"
#include "acme/resource_url.h"

#include <QJsonObject>

#include <utility>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

base::Result<Authorization> authorizationOf(const http::HttpResponse& response, const QUrl& url, const QDateTime& now)
{
    base::Result<QJsonObject> json = objectOf(response);
    if (!json)
        return base::failed(std::move(json).error());
    base::Result<Authorization> authorization = Authorization::fromJson(*json, url);
    if (authorization)
        authorization->retryAfter = retryAfterOf(response, now);
    return authorization;
}

} // namespace

base::Task<base::Result<Authorization>> AcmeClient::authorization(AccountContext context, QUrl url,
                                                                  std::stop_token stop)
{
    const QString step = u"reading authorization"_s;
    SignedRequest post = requestBy(std::move(context), url);
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<Authorization> authorization = authorizationOf(*reply, url, m_private->clock.now());
    if (!authorization)
        co_return base::failed(std::move(authorization), step);
    co_return authorization;
}

base::Task<base::Result<Authorization>> AcmeClient::newAuthorization(AccountContext context,
                                                                     base::Identifier identifier, std::stop_token stop)
{
    const QString step = u"pre-authorizing"_s;
    const QJsonObject wanted {{u"type"_s, identifier.typeName()}, {u"value"_s, identifier.value()}};
    SignedRequest post = requestBy(std::move(context), QUrl());
    post.payload = payloadOf({{u"identifier"_s, wanted}});
    post.repetition = Repetition::AfterBadNonce;
    base::Result<http::HttpResponse> reply =
        co_await m_private->postTo(&Directory::newAuthz, std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<QUrl> location = locationOf(*reply);
    if (!location)
        co_return base::failed(std::move(location), step);
    if (location->isEmpty())
        co_return base::failed(base::ErrorCode::Protocol, u"the server gave the authorization no URL (Location)"_s);
    base::Result<Authorization> authorization = authorizationOf(*reply, *location, m_private->clock.now());
    if (!authorization)
        co_return base::failed(std::move(authorization), step);
    co_return authorization;
}

base::Task<base::Result<Authorization>> AcmeClient::deactivateAuthorization(AccountContext context, QUrl url,
                                                                            std::stop_token stop)
{
    const QString step = u"deactivating authorization"_s;
    SignedRequest post = requestBy(std::move(context), url);
    post.payload = payloadOf({{u"status"_s, u"deactivated"_s}});
    post.repetition = Repetition::AfterBadNonce;
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<Authorization> authorization = authorizationOf(*reply, url, m_private->clock.now());
    if (!authorization)
        co_return base::failed(std::move(authorization), step);
    co_return authorization;
}

base::Task<base::Result<Challenge>> AcmeClient::respond(AccountContext context, QUrl challengeUrl, std::stop_token stop)
{
    const QString step = u"answering challenge"_s;
    SignedRequest post = requestBy(std::move(context), challengeUrl);
    post.payload = "{}";
    post.repetition = Repetition::Never;
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<QJsonObject> json = objectOf(*reply);
    if (!json)
        co_return base::failed(std::move(json), step);
    base::Result<Challenge> challenge = Challenge::fromJson(*json, challengeUrl);
    if (!challenge)
        co_return base::failed(std::move(challenge), step);
    co_return challenge;
}

} // namespace acme
