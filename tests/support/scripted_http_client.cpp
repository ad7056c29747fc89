// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_http_client.h"

#include "base/delivery.h"

namespace support {
namespace {

using namespace Qt::StringLiterals;

QString describe(const QByteArray& method, const QUrl& url)
{
    return QString::fromLatin1(method) + u' ' + url.toString();
}

} // namespace

void ScriptedHttpClient::expect(const QByteArray& method, const QUrl& url,
                                const base::Result<http::HttpResponse>& reply)
{
    m_expectations.append({method, url, reply});
}

void ScriptedHttpClient::expect(const QByteArray& method, const QUrl& url, int status, const QByteArray& body,
                                const http::Headers& headers)
{
    expect(method, url, http::HttpResponse {status, headers, body, url});
}

base::Task<base::Result<http::HttpResponse>> ScriptedHttpClient::send(http::HttpRequest request, std::stop_token)
{
    m_requests.append(request);
    const base::Delivery<base::Result<http::HttpResponse>> reply;
    QMetaObject::invokeMethod(
        QAbstractEventDispatcher::instance(), [this, request, reply] { reply.deliver(replyTo(request)); },
        Qt::QueuedConnection);
    co_return co_await reply;
}

QStringList ScriptedHttpClient::surprises() const
{
    QStringList surprises = m_surprises;
    for (const Expectation& expectation : m_expectations)
        surprises.append(u"not asked: "_s + describe(expectation.method, expectation.url));
    return surprises;
}

base::Result<http::HttpResponse> ScriptedHttpClient::replyTo(const http::HttpRequest& request)
{
    const bool fits = !m_expectations.isEmpty() && m_expectations.first().method == request.method
        && m_expectations.first().url == request.url;
    if (fits)
        return m_expectations.takeFirst().reply;
    const QString surprise = u"unexpected: "_s + describe(request.method, request.url);
    m_surprises.append(surprise);
    return base::failed(base::ErrorCode::Protocol, surprise);
}

} // namespace support
