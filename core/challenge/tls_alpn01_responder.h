// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/bounded_listener.h"
#include "challenge/listen_address.h"
#include "crypto/tls_acceptor.h"

#include <QHash>
#include <QString>

namespace challenge {

/// Shows authorities the validation certificate of the server name that they ask for, on one address for any number of
/// orders (RFC 8737 section 3). Who does not speak `acme-tls/1` and nothing else gets an alert.
///
/// A handshake and nothing behind it: the connection closes as soon as it is done. Lives on one thread.
class TlsAlpn01Responder {
public:
    explicit TlsAlpn01Responder(ResponderLimits limits = {});
    TlsAlpn01Responder(const TlsAlpn01Responder&) = delete;
    TlsAlpn01Responder& operator=(const TlsAlpn01Responder&) = delete;

    /// AddressInUse, with the ways out in words, where the address cannot be bound.
    base::Result<void> listen(const ListenAddress& address);
    bool isListening() const { return m_listener.isListening(); }
    /// The port it listens on; the one that the system chose where 0 was asked for.
    quint16 port() const { return m_listener.port(); }

    /// Shows `identity` for `serverName` instead of any other one. `keyAuthorization` is what it proves.
    void present(const QString& serverName, const QString& keyAuthorization, const crypto::Identity& identity);
    void remove(const QString& serverName);
    /// What is proved for `serverName` now; empty for nothing.
    QString presented(const QString& serverName) const { return m_presented.value(serverName); }
    /// Connections that are open now.
    int connections() const { return m_listener.connections(); }

private:
    QHash<QString, QString> m_presented; ///< key authorizations by server name
    crypto::TlsAcceptor m_acceptor;
    BoundedListener m_listener;
};

} // namespace challenge
