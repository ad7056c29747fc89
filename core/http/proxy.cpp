// SPDX-License-Identifier: Apache-2.0
#include "http/proxy.h"

#include <QNetworkProxy>

#include <utility>

namespace http {
namespace {

using namespace Qt::StringLiterals;

constexpr int httpProxyPort = 3128;
constexpr int socksProxyPort = 1080;

bool isSocks(const QUrl& url)
{
    return url.scheme() == u"socks5"_s;
}

} // namespace

Proxy::Proxy(Kind kind, QUrl url)
    : m_kind(kind)
    , m_url(std::move(url))
{
}

base::Result<Proxy> Proxy::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed == u"system"_s)
        return Proxy();
    if (trimmed == u"none"_s)
        return Proxy(Kind::None, QUrl());
    const QUrl url(trimmed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !(url.scheme() == u"http"_s || isSocks(url)))
        return base::invalid(u"proxy"_s, u"a proxy is \"system\", \"none\", http://host:port or socks5://host:port"_s);
    if (!url.userInfo().isEmpty())
        return base::invalid(u"proxy"_s, u"a proxy with a user name or password is not supported"_s);
    return Proxy(Kind::Fixed, url);
}

QString Proxy::toString() const
{
    switch (m_kind) {
    case Kind::System:
        return u"system"_s;
    case Kind::None:
        return u"none"_s;
    case Kind::Fixed:
        break;
    }
    return m_url.toString();
}

QNetworkProxy Proxy::toNetworkProxy() const
{
    if (m_kind != Kind::Fixed)
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const auto type = isSocks(m_url) ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
    const int port = m_url.port(isSocks(m_url) ? socksProxyPort : httpProxyPort);
    return QNetworkProxy(type, m_url.host(), static_cast<quint16>(port));
}

} // namespace http
