// SPDX-License-Identifier: Apache-2.0
#include "base/task_scope.h"

#include <QtGlobal>

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
    if (--m_running == 0 && m_drained)
        m_drained->deliver(true);
}

Task<void> TaskScope::drain()
{
    m_stop.request_stop();
    if (m_running == 0)
        co_return;
    m_drained.emplace();
    const Delivery<bool> drained = *m_drained;
    co_await drained;
}

} // namespace base
