// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client_private.h"
#include "acme/reply.h"
#include "acme/resource_url.h"
#include "jose/base64url.h"

#include <QJsonObject>

#include <utility>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

/// Nobody waits for renewal information, and who asks has others to ask for.
constexpr std::chrono::seconds renewalInfoTimeout {10};

QUrl below(const QUrl& base, const QString& segment)
{
    QUrl url = base;
    const QString path = base.path();
    url.setPath(path.endsWith(u'/') ? path + segment : path + u'/' + segment);
    return url;
}

base::Result<RenewalInfo> renewalInfoOf(const http::HttpResponse& response)
{
    const base::Result<QJsonObject> json = objectOf(response);
    if (!json)
        return base::failed(json.error());
    return RenewalInfo::fromJson(*json);
}

} // namespace

base::Task<base::Result<CertificateDownload>> AcmeClient::downloadChain(AccountContext context, QUrl url,
                                                                        std::stop_token stop)
{
    const QString step = u"downloading certificate"_s;
    SignedRequest post = requestBy(std::move(context), url);
    post.accept = "application/pem-certificate-chain";
    base::Result<http::HttpResponse> reply = co_await m_private->post(std::move(post), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    if (!reply->body.contains("-----BEGIN CERTIFICATE-----"))
        co_return base::failed(
            base::Error(base::ErrorCode::Protocol, u"the server's reply holds no certificate"_s).during(step));
    CertificateDownload download;
    download.pem = reply->body;
    download.alternates = linksOf(*reply, u"alternate");
    co_return download;
}

base::Task<base::Result<void>> AcmeClient::Private::postRevocation(AccountContext signer, QByteArray certificateDer,
                                                                   int reason, std::stop_token stop)
{
    SignedRequest request = requestBy(std::move(signer), QUrl());
    request.payload = payloadOf(
        {{u"certificate"_s, QString::fromLatin1(jose::base64url::encode(certificateDer))}, {u"reason"_s, reason}});
    request.repetition = Repetition::AfterBadNonce;
    const QString step = u"revoking certificate"_s;
    base::Result<http::HttpResponse> reply = co_await postTo(&Directory::revokeCert, std::move(request), step, stop);
    const bool revokedBefore = !reply && reply.error().problem() && reply.error().problem()->is(u"alreadyRevoked");
    if (!reply && !revokedBefore)
        co_return base::failed(std::move(reply).error());
    co_return base::Result<void>();
}

base::Task<base::Result<void>> AcmeClient::revoke(AccountContext context, QByteArray certificateDer, int reason,
                                                  std::stop_token stop)
{
    return m_private->postRevocation(std::move(context), std::move(certificateDer), reason, std::move(stop));
}

base::Task<base::Result<void>> AcmeClient::revokeWithCertificateKey(crypto::PrivateKey key, QByteArray certificateDer,
                                                                    int reason,
                                                                    std::function<void(const Exchange&)> onExchange,
                                                                    std::stop_token stop)
{
    AccountContext signer {std::move(key), QUrl(), std::move(onExchange)};
    return m_private->postRevocation(std::move(signer), std::move(certificateDer), reason, std::move(stop));
}

base::Task<base::Result<RenewalInfo>> AcmeClient::renewalInfo(QString certificateIdentifier, std::stop_token stop)
{
    const QString step = u"reading renewal information"_s;
    base::Result<Directory> offered = co_await m_private->known(stop);
    if (!offered)
        co_return base::failed(std::move(offered), step);
    if (offered->renewalInfo.isEmpty())
        co_return base::failed(
            base::Error(base::ErrorCode::Unsupported, u"the server offers no renewal information"_s).during(step));
    const QUrl url = below(offered->renewalInfo, certificateIdentifier);
    base::Result<http::HttpResponse> reply = co_await m_private->transport.get(url, stop, renewalInfoTimeout);
    if (!reply)
        co_return base::failed(std::move(reply), step);
    const auto retryAfter = retryAfterOf(*reply, m_private->clock.now());
    base::Result<RenewalInfo> information = renewalInfoOf(*reply);
    if (!information && retryAfter)
        co_return base::failed(std::move(information).error().during(step).retryingAt(*retryAfter));
    if (!information)
        co_return base::failed(std::move(information), step);
    information->retryAfter = retryAfter;
    co_return information;
}

} // namespace acme
