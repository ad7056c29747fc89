// SPDX-License-Identifier: Apache-2.0
#include "http/network_manager.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSslConfiguration>

namespace http {
namespace {

using namespace Qt::StringLiterals;

// Asks the desktop, except for this machine: a proxy never leads to the loopback of the one who asks.
class DesktopProxies final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        const QString host = query.peerHostName();
        if (host == u"localhost"_s || QHostAddress(host).isLoopback())
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

} // namespace

std::shared_ptr<QNetworkAccessManager> networkManager(const Proxy& proxy)
{
    auto made = std::make_shared<QNetworkAccessManager>();
    if (proxy.kind() == Proxy::Kind::System)
        made->setProxyFactory(new DesktopProxies);
    else
        made->setProxy(proxy.toNetworkProxy());
    return made;
}

QNetworkProxy networkProxyFor(const Proxy& proxy, const QString& host, quint16 port)
{
    if (proxy.kind() != Proxy::Kind::System)
        return proxy.toNetworkProxy();
    DesktopProxies desktop;
    return desktop.queryProxy(QNetworkProxyQuery(host, port)).value(0, QNetworkProxy(QNetworkProxy::NoProxy));
}

QNetworkRequest networkRequest(const HttpRequest& request, const QSslConfiguration& tls)
{
    QNetworkRequest result(request.url);
    result.setSslConfiguration(tls);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    result.setRawHeader("User-Agent", "Sealwright/" SEALWRIGHT_VERSION);
    result.setRawHeader("Accept-Encoding", "identity");
    for (const auto& [name, value] : request.headers)
        result.setRawHeader(name, value);
    return result;
}

} // namespace http
