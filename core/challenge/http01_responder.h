// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/listen_address.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>

namespace challenge {

/// Bounds on what strangers can make the responder hold.
struct Http01Limits {
    std::chrono::milliseconds perConnection {5000}; ///< from connecting to the last byte of the answer
    int connections = 512; ///< more drop the oldest
};

/// Answers `GET /.well-known/acme-challenge/<token>` on one address for any number of orders (RFC 8555 section 8.3).
///
/// The only HTTP that the project serves itself: one GET (or HEAD), one answer, connection closed; 404 for all else.
/// Lives on one thread.
class Http01Responder {
public:
    explicit Http01Responder(Http01Limits limits = {});
    ~Http01Responder();

    /// AddressInUse, with the ways out in words, where the address cannot be bound.
    base::Result<void> listen(const ListenAddress& address);
    bool isListening() const;
    /// The port it listens on; the one that the system chose where 0 was asked for.
    quint16 port() const;

    void present(const QString& token, const QString& keyAuthorization);
    void remove(const QString& token);
    /// Connections that are open now.
    int connections() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace challenge
