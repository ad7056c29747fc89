// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/http_client.h"

#include <QStringList>

namespace support {

/// An HttpClient that plays replies, one for each request that it was told to expect, in order.
///
/// A request that was not expected gets a Protocol error and is kept in surprises(). Replies arrive from the event
/// loop.
class ScriptedHttpClient final : public http::HttpClient {
public:
    /// The next request has that method and URL and gets this reply.
    void expect(const QByteArray& method, const QUrl& url, const base::Result<http::HttpResponse>& reply);
    /// The same with a reply put together from its parts.
    void expect(const QByteArray& method, const QUrl& url, int status, const QByteArray& body,
                const http::Headers& headers = {});

    base::Task<base::Result<http::HttpResponse>> send(http::HttpRequest request, std::stop_token stop) override;

    /// Every request so far.
    const QList<http::HttpRequest>& requests() const { return m_requests; }
    /// Requests that were not expected, and expectations that were not met; empty when all went to plan.
    QStringList surprises() const;

private:
    struct Expectation {
        QByteArray method;
        QUrl url;
        base::Result<http::HttpResponse> reply;
    };

    base::Result<http::HttpResponse> replyTo(const http::HttpRequest& request);

    QList<Expectation> m_expectations;
    QList<http::HttpRequest> m_requests;
    QStringList m_surprises;
};

} // namespace support
