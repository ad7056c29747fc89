// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/listen_address.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace challenge {

/// Bounds on what strangers can make a responder hold.
struct ResponderLimits {
    std::chrono::milliseconds perConnection {5000}; ///< from connecting to the last byte of the answer
    int connections = 512; ///< more drop the oldest, of the network that has most, that has not asked
};

/// What one client says and gets, from its first byte to its end.
///
/// Contract for implementers: hear() MUST bound what it keeps and MUST come to an end by itself, whatever it hears.
class Conversation {
public:
    struct Turn {
        QByteArray reply;
        bool over = false; ///< nothing more is heard, and the connection closes behind `reply`
    };

    virtual ~Conversation() = default;

    /// Answers the next bytes, as they come.
    virtual Turn hear(QByteArrayView bytes) = 0;
};

/// Listens on one address and holds conversations with whoever connects, within limits of time, bytes and connections.
///
/// One host (an IPv4 address, an IPv6 network of 64 bits) cannot keep the others out by connecting often. A client that
/// says nothing costs a socket and a timer. Lives on one thread.
class BoundedListener {
public:
    /// `begin` makes the conversation of a connection when its first bytes are there.
    BoundedListener(ResponderLimits limits, std::function<std::unique_ptr<Conversation>()> begin);
    ~BoundedListener();

    /// AddressInUse, with the ways out in words, where the address cannot be bound; `elsewhere` is the way that only
    /// the caller knows, as the end of a sentence.
    base::Result<void> listen(const ListenAddress& address, const QString& elsewhere);
    bool isListening() const;
    /// The port it listens on; the one that the system chose where 0 was asked for.
    quint16 port() const;
    /// Connections that are open now.
    int connections() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace challenge
