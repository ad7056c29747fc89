// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "http/proxy.h"

#include <QByteArray>
#include <QUrl>

#include <stop_token>

namespace http {

/// Fetches the root certificate that a step-ca serves under its own fingerprint (`/root/{sha256}`), from a server that
/// nothing can verify yet.
///
/// The only request of this project over unverified TLS whose body is used, and only where the certificate in it has
/// exactly the SHA-256 that the operator entered; any other body is dropped. Nothing but the fingerprint is sent.
class RootFetch {
public:
    explicit RootFetch(Proxy proxy);

    /// The root as PEM. `server` gives scheme, host and port; `sha256` are 32 bytes. UntrustedServer where the body
    /// holds another certificate, Protocol where it holds none, else the errors of HttpClient.
    base::Task<base::Result<QByteArray>> fetch(QUrl server, QByteArray sha256, std::stop_token stop);

private:
    Proxy m_proxy;
};

} // namespace http
