// SPDX-License-Identifier: Apache-2.0
#include "base/task_scope.h"

#include <QtGlobal>

#include <utility>

namespace base {

TaskScope::~TaskScope()
{
    Q_ASSERT_X(m_running == 0, "TaskScope", "destroyed before drain() completed");
}

void TaskScope::start(Task<void> task)
{
    ++m_running;
    follow(std::move(task));
}

Task<void> TaskScope::follow(Task<void> task)
{
    co_await std::move(task);
    if (--m_running > 0)
        co_return;
    for (const Delivery<bool>& drained : std::exchange(m_draining, {}))
        drained.deliver(true);
}

Task<void> TaskScope::drain()
{
    m_stop.request_stop();
    if (m_running == 0)
        co_return;
    const Delivery<bool> drained;
    m_draining.append(drained);
    co_await drained;
}

} // namespace base
