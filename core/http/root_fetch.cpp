// SPDX-License-Identifier: Apache-2.0
#include "http/root_fetch.h"

#include "crypto/certificate.h"
#include "http/network_manager.h"
#include "http/reply_reader.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSslConfiguration>

namespace http {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;

constexpr qint64 largestReply = 64 * 1024;
constexpr std::chrono::milliseconds patience {15000};

QNetworkRequest requestFor(QUrl server, const QByteArray& sha256)
{
    server.setPath(u"/root/"_s + QString::fromLatin1(sha256.toHex()));
    server.setQuery(QString());
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(QSslSocket::VerifyNone); // the fingerprint verifies what comes back
    return networkRequest(HttpRequest {"GET", server}, tls);
}

base::Result<QByteArray> rootIn(const HttpResponse& response, const QByteArray& sha256)
{
    if (response.status == 404)
        return base::failed(ErrorCode::NotFound,
                            u"%1 has no root with that fingerprint, or is no step-ca"_s.arg(response.url.authority()));
    const QString pem = QJsonDocument::fromJson(response.body).object()["ca"_L1].toString();
    const auto root = crypto::Certificate::fromPem(pem.toLatin1());
    if (!root)
        return base::failed(
            ErrorCode::Protocol,
            u"%1 answered %2 without a root certificate"_s.arg(response.url.authority()).arg(response.status));
    if (root->fingerprint(crypto::DigestAlgorithm::Sha256) != sha256)
        return base::failed(ErrorCode::UntrustedServer,
                            u"%1 sent a certificate of another fingerprint"_s.arg(response.url.authority()));
    return root->pem();
}

} // namespace

RootFetch::RootFetch(Proxy proxy)
    : m_proxy(std::move(proxy))
{
}

base::Task<base::Result<QByteArray>> RootFetch::fetch(QUrl server, QByteArray sha256, std::stop_token stop)
{
    const auto manager = networkManager(m_proxy);
    ReplyReader reader(manager->get(requestFor(server, sha256)), largestReply);
    reader.expireAfter(patience);
    const std::stop_callback onStop(stop, [&reader] { reader.cancel(); });
    base::Result<HttpResponse> response = co_await reader.outcome();
    if (!response)
        co_return base::failed(std::move(response).error());
    co_return rootIn(*response, sha256);
}

} // namespace http
