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
        return base::invalid(
            u"proxy"_s,
            u"a proxy URL is stored in the clear, so it takes no user name or password; enter them as the "
            "proxy's credentials, which are kept in the vault"_s);
    return Proxy(Kind::Fixed, url);
}

Proxy Proxy::none()
{
    return {Kind::None, QUrl()};
}

base::Result<Proxy> Proxy::withCredentials(std::shared_ptr<const base::Secret> credentials) const
{
    const QString field = u"proxyCredentials"_s;
    if (m_kind != Kind::Fixed)
        return base::invalid(field, u"only a fixed proxy such as http://proxy:3128 takes credentials"_s);
    if (!credentials || credentials->view().indexOf(':') < 1)
        return base::invalid(field, u"the proxy's credentials are written USER:PASSWORD"_s);
    Proxy proxy = *this;
    proxy.m_credentials = std::move(credentials);
    return proxy;
}

bool operator==(const Proxy& left, const Proxy& right)
{
    const bool sameCredentials = left.m_credentials == right.m_credentials
        || (left.m_credentials && right.m_credentials && *left.m_credentials == *right.m_credentials);
    return left.m_kind == right.m_kind && left.m_url == right.m_url && sameCredentials;
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
    QNetworkProxy proxy(type, m_url.host(), static_cast<quint16>(port));
    if (m_credentials) {
        const QByteArrayView both = m_credentials->view();
        const qsizetype colon = both.indexOf(':');
        proxy.setUser(QString::fromUtf8(both.first(colon)));
        proxy.setPassword(QString::fromUtf8(both.sliced(colon + 1)));
    }
    return proxy;
}

} // namespace http
