// SPDX-License-Identifier: Apache-2.0
#include "acme/signed_transport.h"

#include "acme/acme_client.h"
#include "acme/reply.h"
#include "acme/retry_budget.h"
#include "jose/jwk.h"
#include "jose/jws.h"

#include <QJsonObject>

#include <utility>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

base::Result<QJsonObject> protectedHeader(const SignedRequest& request, const QByteArray& nonce)
{
    const crypto::PublicKey& key = request.signer.key.publicKey();
    const base::Result<jose::SignatureAlgorithm> algorithm = jose::algorithmFor(key);
    if (!algorithm)
        return base::failed(algorithm.error());
    QJsonObject header {{u"alg"_s, QString::fromLatin1(jose::signatureAlgorithmName(*algorithm))},
                        {u"nonce"_s, QString::fromLatin1(nonce)},
                        {u"url"_s, request.url.toString(QUrl::FullyEncoded)}};
    if (!request.signer.url.isEmpty()) {
        header[u"kid"_s] = request.signer.url.toString(QUrl::FullyEncoded);
        return header;
    }
    base::Result<QJsonObject> jwk = jose::jwkObject(key);
    if (!jwk)
        return jwk;
    header[u"jwk"_s] = *jwk;
    return header;
}

base::Result<http::HttpRequest> signedRequest(const SignedRequest& request, const QByteArray& nonce)
{
    base::Result<QJsonObject> header = protectedHeader(request, nonce);
    if (!header)
        return base::failed(std::move(header).error());
    base::Result<QByteArray> body = jose::signFlattened(request.signer.key, *header, request.payload);
    if (!body)
        return base::failed(std::move(body).error());
    http::HttpRequest result;
    result.method = "POST";
    result.url = request.url;
    result.headers = {{"Content-Type", "application/jose+json"}};
    if (!request.accept.isEmpty())
        result.headers.append(qMakePair("Accept"_ba, request.accept));
    result.body = *body;
    return result;
}

} // namespace

SignedTransport::SignedTransport(http::HttpClient& http, base::Clock& clock)
    : m_http(http)
    , m_clock(clock)
{
}

base::Task<base::Result<http::HttpResponse>> SignedTransport::post(SignedRequest request, QUrl newNonceUrl,
                                                                   std::stop_token stop)
{
    RetryBudget budget(request.repetition, m_clock.now());
    for (;;) {
        base::Result<QByteArray> nonce = co_await takeNonce(newNonceUrl, stop);
        if (!nonce)
            co_return base::failed(std::move(nonce), u"getting a nonce");
        base::Result<http::HttpResponse> reply = co_await sendSigned(request, *nonce, stop);
        const int status = reply ? reply->status : 0;
        base::Result<http::HttpResponse> outcome = settle(std::move(reply));
        if (outcome)
            co_return outcome;
        const auto wait = budget.next(outcome.error(), status, m_clock.now());
        if (!wait || stop.stop_requested())
            co_return outcome;
        if (wait->count() > 0)
            co_await m_clock.sleep(*wait, stop);
    }
}

base::Task<base::Result<http::HttpResponse>> SignedTransport::get(QUrl url, std::stop_token stop)
{
    http::HttpRequest request;
    request.url = url;
    return read(std::move(request), std::move(stop));
}

base::Task<base::Result<http::HttpResponse>> SignedTransport::read(http::HttpRequest request, std::stop_token stop)
{
    RetryBudget budget(Repetition::Read, m_clock.now());
    for (;;) {
        base::Result<http::HttpResponse> reply = co_await m_http.send(request, stop);
        const int status = reply ? reply->status : 0;
        base::Result<http::HttpResponse> outcome = settle(std::move(reply));
        if (outcome)
            co_return outcome;
        const auto wait = budget.next(outcome.error(), status, m_clock.now());
        if (!wait || stop.stop_requested())
            co_return outcome;
        co_await m_clock.sleep(*wait, stop);
    }
}

base::Task<base::Result<QByteArray>> SignedTransport::takeNonce(QUrl newNonceUrl, std::stop_token stop)
{
    if (auto nonce = m_nonces.take(m_clock.now()))
        co_return *nonce;
    http::HttpRequest request;
    request.method = "HEAD";
    request.url = newNonceUrl;
    base::Result<http::HttpResponse> reply = co_await read(std::move(request), stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    if (auto nonce = m_nonces.take(m_clock.now()))
        co_return *nonce;
    co_return base::failed(base::ErrorCode::Protocol, u"the server's newNonce answered without a Replay-Nonce"_s);
}

base::Task<base::Result<http::HttpResponse>> SignedTransport::sendSigned(SignedRequest request, QByteArray nonce,
                                                                         std::stop_token stop)
{
    base::Result<http::HttpRequest> signedPost = signedRequest(request, nonce);
    if (!signedPost)
        co_return base::failed(std::move(signedPost).error());
    Exchange exchange = exchangeFor(*signedPost, request.payload, request.signer.url, m_clock.now());
    base::Result<http::HttpResponse> reply = co_await m_http.send(*std::move(signedPost), stop);
    if (reply)
        addReply(exchange, *reply);
    else
        addFailure(exchange, reply.error().message());
    if (request.signer.onExchange)
        request.signer.onExchange(exchange);
    co_return reply;
}

base::Result<http::HttpResponse> SignedTransport::settle(base::Result<http::HttpResponse> reply)
{
    if (!reply)
        return reply;
    const QByteArray nonce = reply->header("Replay-Nonce");
    m_nonces.add(nonce, m_clock.now());
    base::Result<http::HttpResponse> outcome = successOf(*std::move(reply), m_clock.now());
    // A server that refuses a nonce and offers none has probably forgotten all of them.
    if (!outcome && nonce.isEmpty() && isBadNonce(outcome.error()))
        m_nonces.clear();
    return outcome;
}

} // namespace acme
