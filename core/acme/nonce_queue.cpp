// SPDX-License-Identifier: Apache-2.0
#include "acme/nonce_queue.h"

#include <utility>

namespace acme {
namespace {

/// A server that thinks for long must not hold up the others.
constexpr std::chrono::milliseconds patience {250};
constexpr std::chrono::milliseconds lookEvery {50};

} // namespace

NonceQueue::NonceQueue(Room room)
    : m_room(std::move(room))
{
    m_look.setInterval(lookEvery);
    QObject::connect(&m_look, &QTimer::timeout, &m_look, [this] { letGo(); });
}

base::Task<std::optional<QByteArray>> NonceQueue::wait(std::stop_token stop)
{
    const Place place = takePlace(std::move(stop));
    auto nonce = co_await place->nonce;
    --m_leaving;
    co_return nonce;
}

void NonceQueue::hand(QByteArray nonce)
{
    deliver(m_waiting.takeFirst(), std::move(nonce));
}

NonceQueue::Place NonceQueue::takePlace(std::stop_token stop)
{
    m_waiting.append(std::make_shared<const Waiting>(Waiting {{}, QDeadlineTimer(patience), std::move(stop)}));
    if (!m_look.isActive())
        m_look.start();
    return m_waiting.last();
}

void NonceQueue::letGo()
{
    int room = m_room();
    m_waiting.removeIf([this, &room](const Place& place) {
        const bool impatient = room > 0 && place->patience.hasExpired();
        if (!impatient && !place->stop.stop_requested())
            return false;
        --room;
        deliver(place, std::nullopt);
        return true;
    });
    if (m_waiting.isEmpty())
        m_look.stop();
}

void NonceQueue::deliver(const Place& place, std::optional<QByteArray> nonce)
{
    ++m_leaving;
    place->nonce.deliver(std::move(nonce));
}

} // namespace acme
