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

/// So many requests keep a connection busy, and their replies bring the nonces of the next ones.
constexpr int enoughUnderway = 8;
/// More than that no server is asked to do at a time, however slow it is.
constexpr int mostUnderway = 32;

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

Exchange exchangeOf(const SignedRequest& request, const base::Result<http::HttpResponse>& reply, const QDateTime& at)
{
    Exchange exchange {at, "POST", request.url, request.signer.url, Exchange::kept(request.payload)};
    if (!reply) {
        exchange.failure = reply.error().message();
        return exchange;
    }
    exchange.status = reply->status;
    exchange.headers = reply->headers;
    exchange.body = Exchange::kept(reply->body);
    return exchange;
}

} // namespace

SignedTransport::SignedTransport(http::HttpClient& http, base::Clock& clock)
    : m_http(http)
    , m_clock(clock)
    , m_waiting([this] { return room(); })
{
}

int SignedTransport::room() const
{
    return mostUnderway - m_underway - m_waiting.leaving();
}

base::Task<base::Result<http::HttpResponse>> SignedTransport::post(SignedRequest request, QUrl newNonceUrl,
                                                                   std::stop_token stop)
{
    RetryBudget budget(request.repetition, m_clock.now());
    for (;;) {
        base::Result<http::HttpResponse> reply = co_await attempt(request, newNonceUrl, stop);
        const int status = reply ? reply->status : 0;
        if (reply)
            keepNonce(reply->header("Replay-Nonce"));
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

base::Task<base::Result<http::HttpResponse>> SignedTransport::get(QUrl url, std::stop_token stop,
                                                                  std::chrono::milliseconds timeout)
{
    http::HttpRequest request;
    request.url = url;
    request.timeout = timeout;
    base::Result<http::HttpResponse> reply = co_await read(std::move(request), std::move(stop));
    if (reply)
        keepNonce(reply->header("Replay-Nonce"));
    co_return reply;
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

base::Task<base::Result<http::HttpResponse>> SignedTransport::attempt(SignedRequest request, QUrl newNonceUrl,
                                                                      std::stop_token stop)
{
    base::Result<QByteArray> nonce = co_await takeNonce(newNonceUrl, stop);
    if (!nonce) {
        --m_underway;
        co_return base::failed(std::move(nonce), u"getting a nonce");
    }
    base::Result<http::HttpResponse> reply = co_await sendSigned(std::move(request), *nonce, stop);
    --m_underway;
    co_return reply;
}

base::Task<base::Result<QByteArray>> SignedTransport::takeNonce(QUrl newNonceUrl, std::stop_token stop)
{
    std::optional<QByteArray> nonce;
    if (room() > 0)
        nonce = m_nonces.take(m_clock.now());
    if (!nonce && room() <= mostUnderway - enoughUnderway)
        nonce = co_await m_waiting.wait(stop);
    if (!nonce)
        nonce = m_nonces.take(m_clock.now());
    ++m_underway;
    if (nonce)
        co_return *nonce;
    co_return co_await fetchNonce(newNonceUrl, stop);
}

base::Task<base::Result<QByteArray>> SignedTransport::fetchNonce(QUrl newNonceUrl, std::stop_token stop)
{
    http::HttpRequest request;
    request.method = "HEAD";
    request.url = newNonceUrl;
    base::Result<http::HttpResponse> reply = co_await read(std::move(request), stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    m_nonces.add(reply->header("Replay-Nonce"), m_clock.now());
    if (auto nonce = m_nonces.take(m_clock.now()))
        co_return *nonce;
    co_return base::failed(base::ErrorCode::Protocol, u"the server's newNonce answered without a Replay-Nonce"_s);
}

void SignedTransport::keepNonce(const QByteArray& nonce)
{
    m_nonces.add(nonce, m_clock.now());
    // a reply to an unsigned read brings a nonce and makes no room
    if (m_waiting.isEmpty() || room() <= 0)
        return;
    if (auto handedOver = m_nonces.take(m_clock.now()))
        m_waiting.hand(*std::move(handedOver));
}

base::Task<base::Result<http::HttpResponse>> SignedTransport::sendSigned(SignedRequest request, QByteArray nonce,
                                                                         std::stop_token stop)
{
    base::Result<http::HttpRequest> signedPost = signedRequest(request, nonce);
    if (!signedPost)
        co_return base::failed(std::move(signedPost).error());
    const QDateTime sentAt = m_clock.now();
    base::Result<http::HttpResponse> reply = co_await m_http.send(*std::move(signedPost), stop);
    if (request.signer.onExchange)
        request.signer.onExchange(exchangeOf(request, reply, sentAt));
    co_return reply;
}

base::Result<http::HttpResponse> SignedTransport::settle(base::Result<http::HttpResponse> reply)
{
    if (!reply)
        return reply;
    const bool offersNonce = !reply->header("Replay-Nonce").isEmpty();
    base::Result<http::HttpResponse> outcome = successOf(*std::move(reply), m_clock.now());
    // A server that refuses a nonce and offers none has probably forgotten all of them.
    if (!outcome && !offersNonce && isBadNonce(outcome.error()))
        m_nonces.clear();
    return outcome;
}

} // namespace acme
