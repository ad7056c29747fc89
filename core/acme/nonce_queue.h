// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/task.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QList>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace acme {

/// Requests that wait for the nonces of replies that are on their way; first come, first served.
class NonceQueue {
public:
    /// How many requests may go on to fetch a nonce of their own at this moment.
    using Room = std::function<int()>;

    explicit NonceQueue(Room room);

    /// A nonce that was handed over; nothing where none came in time and there is room, or where `stop` is requested.
    base::Task<std::optional<QByteArray>> wait(std::stop_token stop);
    bool isEmpty() const { return m_waiting.isEmpty(); }
    /// How many wait no more and have not gone on yet, which they do from the event loop. They take room already.
    int leaving() const { return m_leaving; }
    /// Gives `nonce` to the one who waits longest. To be called where the queue is not empty.
    void hand(QByteArray nonce);

private:
    struct Waiting {
        base::Delivery<std::optional<QByteArray>> nonce = {};
        QDeadlineTimer patience;
        std::stop_token stop;
    };
    using Place = std::shared_ptr<const Waiting>;

    Place takePlace(std::stop_token stop);
    void letGo();
    void deliver(const Place& place, std::optional<QByteArray> nonce);

    Room m_room;
    QList<Place> m_waiting;
    int m_leaving = 0;
    QTimer m_look;
};

} // namespace acme
