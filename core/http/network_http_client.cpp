// SPDX-License-Identifier: Apache-2.0
#include "http/network_http_client.h"

#include "http/network_manager.h"
#include "http/one_shot_body.h"
#include "http/reply_reader.h"

#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <array>

namespace http {
namespace {

using namespace Qt::StringLiterals;

constexpr int redirectLimit = 3;

QSslConfiguration tlsConfiguration(const QByteArray& rootsPem)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!rootsPem.isEmpty())
        configuration.setCaCertificates(QSslCertificate::fromData(rootsPem, QSsl::Pem));
    return configuration;
}

QNetworkReply* start(const HttpRequest& request, QNetworkRequest prepared, QNetworkAccessManager& manager)
{
    if (request.method == "GET")
        return manager.get(prepared);
    if (request.method == "HEAD")
        return manager.head(prepared);
    prepared.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    prepared.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    auto* body = new OneShotBody(request.body, &manager);
    QNetworkReply* reply = manager.sendCustomRequest(prepared, request.method, body);
    QObject::connect(reply, &QObject::destroyed, body, &QObject::deleteLater);
    return reply;
}

bool mayRedirect(const HttpRequest& request, const HttpResponse& response)
{
    constexpr std::array redirects {301, 302, 303, 307, 308};
    return (request.method == "GET" || request.method == "HEAD")
        && std::find(redirects.begin(), redirects.end(), response.status) != redirects.end()
        && !response.header("Location").isEmpty();
}

base::Result<QUrl> redirectTarget(const HttpResponse& response)
{
    const QUrl target = response.url.resolved(QUrl::fromEncoded(response.header("Location")));
    if (target.scheme() != u"https"_s)
        return base::failed(base::ErrorCode::Protocol,
                            u"%1 redirects to %2, which is not https"_s.arg(
                                response.url.authority(), target.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    return target;
}

} // namespace

class NetworkHttpClient::Private {
public:
    explicit Private(TrustSettings settings);

    base::Result<void> check(const HttpRequest& request) const;
    QNetworkReply* dispatch(const HttpRequest& request, QNetworkAccessManager& carrier);
    base::Task<base::Result<HttpResponse>> exchange(HttpRequest request, QDeadlineTimer deadline, std::stop_token stop);

    TrustSettings trust;
    QSslConfiguration tls;
    std::shared_ptr<QNetworkAccessManager> manager; ///< shared with the requests that it carries
    HttpStatistics statistics;
};

NetworkHttpClient::Private::Private(TrustSettings settings)
    : trust(std::move(settings))
    , tls(tlsConfiguration(trust.rootsPem))
    , manager(networkManager(trust.proxy))
{
}

base::Result<void> NetworkHttpClient::Private::check(const HttpRequest& request) const
{
    if (request.url.scheme() != u"https"_s || request.url.host().isEmpty())
        return base::failed(base::ErrorCode::InvalidInput,
                            u"%1 is no https URL"_s.arg(request.url.toString(QUrl::RemoveUserInfo)));
    if (!trust.rootsPem.isEmpty() && tls.caCertificates().isEmpty())
        return base::failed(base::ErrorCode::UntrustedServer, u"the roots to trust hold no certificate"_s);
    return {};
}

QNetworkReply* NetworkHttpClient::Private::dispatch(const HttpRequest& request, QNetworkAccessManager& carrier)
{
    QNetworkReply* reply = start(request, networkRequest(request, tls), carrier);
    ++statistics.requests;
    QObject::connect(reply, &QNetworkReply::encrypted, &carrier, [this] { ++statistics.tlsConnections; });
    return reply;
}

base::Task<base::Result<HttpResponse>>
NetworkHttpClient::Private::exchange(HttpRequest request, QDeadlineTimer deadline, std::stop_token stop)
{
    const std::shared_ptr<QNetworkAccessManager> carrier = manager;
    ReplyReader reader(dispatch(request, *carrier), request.bodyLimit);
    reader.expireAfter(std::chrono::milliseconds(deadline.remainingTime()));
    const std::stop_callback onStop(stop, [&reader] { reader.cancel(); });
    base::Result<HttpResponse> outcome = co_await reader.outcome();
    // An HTTP/2 connection may be dead without having closed, and all requests share it: the next ones get another.
    if (!outcome && outcome.error().code() == base::ErrorCode::Timeout && carrier == manager)
        manager = networkManager(trust.proxy);
    co_return outcome;
}

NetworkHttpClient::NetworkHttpClient(TrustSettings trust)
    : m_private(std::make_unique<Private>(std::move(trust)))
{
}

NetworkHttpClient::~NetworkHttpClient() = default;

base::Task<base::Result<HttpResponse>> NetworkHttpClient::send(HttpRequest request, std::stop_token stop)
{
    const QDeadlineTimer deadline(request.timeout);
    for (int redirects = 0;; ++redirects) {
        if (auto usable = m_private->check(request); !usable)
            co_return base::failed(std::move(usable).error());
        base::Result<HttpResponse> response = co_await m_private->exchange(request, deadline, stop);
        if (!response || !mayRedirect(request, *response))
            co_return response;
        if (redirects == redirectLimit)
            co_return base::failed(base::ErrorCode::Protocol, u"more than %1 redirects"_s.arg(redirectLimit));
        base::Result<QUrl> target = redirectTarget(*response);
        if (!target)
            co_return base::failed(std::move(target).error());
        request.url = *target;
    }
}

HttpStatistics NetworkHttpClient::statistics() const
{
    return m_private->statistics;
}

const TrustSettings& NetworkHttpClient::trust() const
{
    return m_private->trust;
}

} // namespace http
