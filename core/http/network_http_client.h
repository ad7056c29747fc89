// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/http_client.h"
#include "http/proxy.h"

#include <QByteArray>

#include <memory>

namespace http {

/// Whom a client trusts and how it reaches them. Changing either takes a new client.
struct TrustSettings {
    QByteArray rootsPem = {}; ///< the only roots trusted; empty: the system's store
    Proxy proxy = {};

    friend bool operator==(const TrustSettings&, const TrustSettings&) = default;
};

/// What a client has sent so far.
struct HttpStatistics {
    qint64 requests = 0; ///< redirects counted each
    qint64 tlsConnections = 0; ///< TLS handshakes completed
};

/// HTTPS over Qt's network stack: HTTP/2, keep-alive, no cookies, no cache, no switch that turns verification off.
///
/// Each instance has a connection cache of its own, because Qt's cache does not look at the TLS configuration: a
/// request pinned to a wrong root would succeed over a connection that another root opened. GET and HEAD follow up to
/// three redirects from https to https; other methods follow none and return the 3xx reply. Lives on one thread, which
/// needs an event loop.
class NetworkHttpClient final : public HttpClient {
public:
    /// Trusts nobody when `trust.rootsPem` holds text but no certificate.
    explicit NetworkHttpClient(TrustSettings trust);
    ~NetworkHttpClient() override;

    base::Task<base::Result<HttpResponse>> send(HttpRequest request, std::stop_token stop) override;

    HttpStatistics statistics() const;
    const TrustSettings& trust() const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace http
