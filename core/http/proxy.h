// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QString>
#include <QUrl>

#include <memory>

class QNetworkProxy;

namespace http {

/// How an authority is reached: as the desktop says, directly, or through one fixed proxy.
class Proxy {
public:
    enum class Kind { System, None, Fixed };

    /// As the desktop says.
    Proxy() = default;
    /// Reads "system" (or nothing), "none", or the URL of an HTTP CONNECT or SOCKS5 proxy: `http://host:3128`,
    /// `socks5://host:1080`.
    ///
    /// A URL with a user name or password is refused, because the text is stored in the clear; see withCredentials().
    /// Errors are about the field `proxy`.
    static base::Result<Proxy> parse(const QString& text);
    /// Directly.
    static Proxy none();
    /// The same fixed proxy with "USER:PASSWORD" for it. InvalidInput about `proxyCredentials` where this is no fixed
    /// proxy or the text has no colon.
    base::Result<Proxy> withCredentials(std::shared_ptr<const base::Secret> credentials) const;

    Kind kind() const { return m_kind; }
    const QUrl& url() const { return m_url; }
    /// What parse() reads; never the credentials.
    QString toString() const;
    /// For Qt; only for kinds None and Fixed.
    QNetworkProxy toNetworkProxy() const;

    friend bool operator==(const Proxy& left, const Proxy& right);

private:
    Proxy(Kind kind, QUrl url);

    Kind m_kind = Kind::System;
    QUrl m_url;
    std::shared_ptr<const base::Secret> m_credentials; ///< "USER:PASSWORD", or null
};

} // namespace http
