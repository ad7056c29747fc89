// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/result.h"
#include "base/task.h"

#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>

namespace challenge {

/// Lets in one at a time, first come, first served. May be used from any thread with an event loop.
class TurnQueue : public std::enable_shared_from_this<TurnQueue> {
public:
    /// The next one is let in when it is gone.
    using Turn = std::shared_ptr<void>;

    /// The one queue of this process that is called `name`.
    static std::shared_ptr<TurnQueue> called(const QString& name);

    /// Completes when nobody before has a turn any more. Cancelled.
    base::Task<base::Result<Turn>> wait(std::stop_token stop);

private:
    using Waiting = base::Delivery<base::Result<Turn>>;

    void letNextIn();

    std::mutex m_mutex;
    bool m_isTaken = false;
    std::deque<Waiting> m_waiting;
};

} // namespace challenge
