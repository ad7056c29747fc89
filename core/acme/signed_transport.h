// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "acme/exchange.h"
#include "acme/nonce_pool.h"
#include "acme/nonce_queue.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "http/http_client.h"

namespace acme {

/// What may be done when it is unclear, or clear, that a request did not have its effect.
enum class Repetition {
    Read, ///< changes nothing: repeated after badNonce, network errors and 5xx
    AfterBadNonce, ///< changes something, twice is no harm: repeated after badNonce, and a 500 without a problem
                   ///< document
    Never, ///< sent once
};

/// A POST before it is signed (RFC 8555 section 6.2).
struct SignedRequest {
    QUrl url;
    QByteArray payload = {}; ///< JSON text; empty for POST-as-GET
    AccountContext signer; ///< signs with its `kid`, or with its `jwk` where the URL is empty
    Repetition repetition = Repetition::Read;
    QByteArray accept = {};
};

/// Signs and sends POSTs, with the nonces of a CA. Errors are those of HttpClient and of successOf().
///
/// Every reply brings a nonce. Where a few requests are underway, further ones wait a moment for theirs instead of
/// fetching nonces of their own, and longer where many are: a server with a thousand orders to work on is asked for
/// a few things at a time.
class SignedTransport {
public:
    SignedTransport(http::HttpClient& http, base::Clock& clock);

    /// A reply with status 2xx.
    base::Task<base::Result<http::HttpResponse>> post(SignedRequest request, QUrl newNonceUrl, std::stop_token stop);
    /// An unsigned read: a reply with status 2xx.
    base::Task<base::Result<http::HttpResponse>> get(QUrl url, std::stop_token stop,
                                                     std::chrono::milliseconds timeout = http::HttpRequest().timeout);

private:
    /// How many requests more may be underway.
    int room() const;
    base::Task<base::Result<http::HttpResponse>> read(http::HttpRequest request, std::stop_token stop);
    base::Task<base::Result<QByteArray>> takeNonce(QUrl newNonceUrl, std::stop_token stop);
    base::Task<base::Result<http::HttpResponse>> sendSigned(SignedRequest request, QByteArray nonce,
                                                            std::stop_token stop);
    base::Task<base::Result<http::HttpResponse>> attempt(SignedRequest request, QUrl newNonceUrl, std::stop_token stop);
    base::Task<base::Result<QByteArray>> fetchNonce(QUrl newNonceUrl, std::stop_token stop);
    void keepNonce(const QByteArray& nonce);
    base::Result<http::HttpResponse> settle(base::Result<http::HttpResponse> reply);

    http::HttpClient& m_http;
    base::Clock& m_clock;
    NoncePool m_nonces;
    int m_underway = 0; ///< requests that hold a nonce, or fetch one
    NonceQueue m_waiting;
};

} // namespace acme
