// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client_private.h"
#include "acme/reply.h"

#include <QJsonObject>

#include <utility>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

}

base::Task<base::Result<Authorization>> AcmeClient::authorization(AccountContext context, QUrl url,
                                                                  std::stop_token stop)
{
    const QString step = u"reading authorization"_s;
    SignedRequest post = requestBy(std::move(context), url);
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<QJsonObject> json = objectOf(*reply);
    if (!json)
        co_return base::failed(std::move(json), step);
    base::Result<Authorization> authorization = Authorization::fromJson(*json, url);
    if (!authorization)
        co_return base::failed(std::move(authorization), step);
    authorization->retryAfter = retryAfterOf(*reply, m_private->clock.now());
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
