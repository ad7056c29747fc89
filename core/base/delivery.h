// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractEventDispatcher>
#include <QMetaObject>

#include <coroutine>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace base {

/// A value that another thread or a callback delivers once to the one coroutine that awaits it.
///
/// Unlike QFuture it takes move-only values. Copies share the value. The awaiting coroutine always resumes from the
/// event loop of its own thread, never inside deliver(). The awaiting thread must have an event loop.
template <class T>
class Delivery {
public:
    /// Hands over `value`; of several calls the first one counts. Callable from any thread.
    void deliver(T value) const
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->value)
            return;
        m_state->value.emplace(std::move(value));
        if (m_state->awaiting)
            resumeLater(m_state->loop, m_state->awaiting);
    }

    bool await_ready() const
    {
        const std::lock_guard lock(m_state->mutex);
        return m_state->value.has_value();
    }

    bool await_suspend(std::coroutine_handle<> awaiting) const
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->value)
            return false;
        m_state->awaiting = awaiting;
        m_state->loop = QAbstractEventDispatcher::instance();
        return true;
    }

    T await_resume() const { return std::move(*m_state->value); }

private:
    struct State {
        std::mutex mutex;
        std::optional<T> value;
        std::coroutine_handle<> awaiting;
        QAbstractEventDispatcher* loop = nullptr;
    };

    static void resumeLater(QAbstractEventDispatcher* loop, std::coroutine_handle<> awaiting)
    {
        QMetaObject::invokeMethod(
            loop, [awaiting] { awaiting.resume(); }, Qt::QueuedConnection);
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace base
