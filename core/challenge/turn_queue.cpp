// SPDX-License-Identifier: Apache-2.0
#include "challenge/turn_queue.h"

#include <QHash>

#include <optional>

namespace challenge {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

std::shared_ptr<TurnQueue> TurnQueue::called(const QString& name)
{
    static std::mutex mutex;
    static QHash<QString, std::weak_ptr<TurnQueue>> queues;
    const std::lock_guard lock(mutex);
    std::shared_ptr<TurnQueue> queue = queues.value(name).lock();
    if (!queue) {
        queue = std::make_shared<TurnQueue>();
        queues.insert(name, queue);
    }
    return queue;
}

Task<Result<TurnQueue::Turn>> TurnQueue::wait(std::stop_token stop)
{
    const Waiting turn;
    bool isFree = false;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(turn);
        isFree = !std::exchange(m_isTaken, true);
    }
    if (isFree)
        letNextIn();
    const std::stop_callback onStop(stop, [turn] {
        turn.deliver(base::failed(base::ErrorCode::Cancelled, u"stopped while others had their turn"_s));
    });
    auto own = co_await turn;
    co_return own;
}

// One that was cancelled drops its turn, whose end lets the next one in.
void TurnQueue::letNextIn()
{
    std::optional<Waiting> next;
    {
        const std::lock_guard lock(m_mutex);
        m_isTaken = !m_waiting.empty();
        if (!m_isTaken)
            return;
        next = m_waiting.front();
        m_waiting.pop_front();
    }
    const auto atItsEnd = [queue = shared_from_this()](void*) { queue->letNextIn(); };
    next->deliver(Turn(this, atItsEnd));
}

} // namespace challenge
