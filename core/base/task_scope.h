// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/task.h"

#include <QList>

#include <stop_token>

namespace base {

/// Owns tasks that nobody awaits, so that none outlives the objects it uses.
///
/// Lives on one thread. Await drain() before destroying the objects that its tasks use.
class TaskScope {
public:
    TaskScope() = default;
    ~TaskScope();
    TaskScope(const TaskScope&) = delete;
    TaskScope& operator=(const TaskScope&) = delete;

    /// Takes over a task that has already begun.
    void start(Task<void> task);
    /// Stopped by requestStop(); hand it to the tasks.
    std::stop_token stopToken() const { return m_stop.get_token(); }
    void requestStop() { m_stop.request_stop(); }
    int running() const { return m_running; }
    /// Requests a stop and completes when the last task has ended. May be awaited several times at once.
    Task<void> drain();

private:
    Task<void> follow(Task<void> task);

    std::stop_source m_stop;
    int m_running = 0;
    QList<Delivery<bool>> m_draining;
};

} // namespace base
