// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/http_message.h"
#include "http/proxy.h"

#include <memory>

class QNetworkAccessManager;
class QNetworkProxy;
class QNetworkRequest;
class QSslConfiguration;

namespace http {

/// A manager with a connection cache of its own that reaches servers by `proxy`. For one thread.
std::shared_ptr<QNetworkAccessManager> networkManager(const Proxy& proxy);
/// The proxy that leads to one server, or none.
QNetworkProxy networkProxyFor(const Proxy& proxy, const QString& host, quint16 port);
/// What is true of every request of this project: no cookies, no cache, no redirects by itself, our User-Agent.
QNetworkRequest networkRequest(const HttpRequest& request, const QSslConfiguration& tls);

} // namespace http
