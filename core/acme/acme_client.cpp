// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"

#include "acme/acme_client_private.h"
#include "acme/reply.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

base::Result<Directory> parseDirectory(const http::HttpResponse& response)
{
    base::Result<QJsonObject> json = objectOf(response);
    if (!json)
        return base::failed(base::ErrorCode::InvalidInput,
                            u"%1 is no ACME directory: %2"_s.arg(response.url.toString(), json.error().detail()));
    return Directory::fromJson(*json, response.url);
}

base::Error aboutDirectory(base::Error error)
{
    return std::move(error).about(u"directoryUrl"_s).during(u"reading directory");
}

} // namespace

AcmeClient::Private::Private(http::HttpClient& http, base::Clock& theClock, QUrl url)
    : clock(theClock)
    , directoryUrl(std::move(url))
    , transport(http, theClock)
{
}

base::Task<base::Result<Directory>> AcmeClient::Private::load(std::stop_token stop)
{
    loading = true;
    base::Result<http::HttpResponse> reply = co_await transport.get(directoryUrl, stop);
    loading = false;
    base::Result<Directory> read = reply ? parseDirectory(*reply) : base::failed(std::move(reply).error());
    if (read)
        directory = *read;
    const auto waiting = std::exchange(waitingForDirectory, {});
    for (const auto& other : waiting)
        other.deliver(true);
    if (!read)
        co_return base::failed(aboutDirectory(std::move(read).error()));
    co_return read;
}

base::Task<base::Result<Directory>> AcmeClient::Private::known(std::stop_token stop)
{
    if (!directory && loading) {
        const base::Delivery<bool> loaded;
        waitingForDirectory.append(loaded);
        co_await loaded;
    }
    // QCoro 0.8 moves from whatever is not const.
    if (directory)
        co_return std::as_const(*directory);
    co_return co_await load(stop);
}

base::Task<base::Result<http::HttpResponse>> AcmeClient::Private::post(SignedRequest request, QString step,
                                                                       std::stop_token stop)
{
    if (!directory) {
        base::Result<Directory> read = co_await known(stop);
        if (!read)
            co_return base::failed(std::move(read), step);
    }
    base::Result<http::HttpResponse> reply = co_await transport.post(std::move(request), directory->newNonce, stop);
    if (!reply)
        co_return base::failed(std::move(reply), step);
    co_return reply;
}

base::Task<base::Result<http::HttpResponse>>
AcmeClient::Private::postTo(QUrl Directory::*resource, SignedRequest request, QString step, std::stop_token stop)
{
    if (!directory) {
        base::Result<Directory> read = co_await known(stop);
        if (!read)
            co_return base::failed(std::move(read), step);
    }
    request.url = *directory.*resource;
    if (request.url.isEmpty())
        co_return base::failed(
            base::Error(base::ErrorCode::Unsupported, u"the server does not offer it"_s).during(step));
    co_return co_await post(std::move(request), step, stop);
}

AcmeClient::AcmeClient(http::HttpClient& http, base::Clock& clock, QUrl directoryUrl)
    : m_private(std::make_unique<Private>(http, clock, std::move(directoryUrl)))
{
}

AcmeClient::~AcmeClient() = default;

const QUrl& AcmeClient::directoryUrl() const
{
    return m_private->directoryUrl;
}

base::Task<base::Result<Directory>> AcmeClient::directory(std::stop_token stop)
{
    return m_private->known(std::move(stop));
}

base::Task<base::Result<Directory>> AcmeClient::refreshDirectory(std::stop_token stop)
{
    return m_private->load(std::move(stop));
}

SignedRequest requestBy(AccountContext context, QUrl url)
{
    return SignedRequest {std::move(url), {}, std::move(context), Repetition::Read, {}};
}

QByteArray payloadOf(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

bool isBadNonce(const base::Error& error)
{
    return error.problem() && error.problem()->is(u"badNonce");
}

} // namespace acme
