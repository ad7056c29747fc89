// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/bounded_listener.h"
#include "challenge/listen_address.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace challenge {

/// Answers `GET /.well-known/acme-challenge/<token>` on one address for any number of orders (RFC 8555 section 8.3).
///
/// The only HTTP that the project serves itself: one GET (or HEAD), one answer, connection closed; 404 for all else.
/// Lives on one thread.
class Http01Responder {
public:
    explicit Http01Responder(ResponderLimits limits = {});
    Http01Responder(const Http01Responder&) = delete;
    Http01Responder& operator=(const Http01Responder&) = delete;

    /// AddressInUse, with the ways out in words, where the address cannot be bound.
    base::Result<void> listen(const ListenAddress& address);
    bool isListening() const { return m_listener.isListening(); }
    /// The port it listens on; the one that the system chose where 0 was asked for.
    quint16 port() const { return m_listener.port(); }

    void present(const QString& token, const QString& keyAuthorization);
    void remove(const QString& token);
    /// Connections that are open now.
    int connections() const { return m_listener.connections(); }

private:
    QHash<QByteArray, QByteArray> m_answers;
    BoundedListener m_listener;
};

} // namespace challenge
