// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/task.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <optional>
#include <type_traits>

/// Runs the event loop until `task` ends and returns its value; QCoro 0.8's own waitFor() needs a default constructor.
///
/// Aborts the test program after `seconds`, so that a hanging flow is a failure and not a time-out of the whole run.
namespace support {

namespace detail {

template <class T>
base::Task<void> store(base::Task<T> task, std::optional<T>& value, QEventLoop& loop)
{
    value.emplace(co_await std::move(task));
    loop.quit();
}

inline base::Task<void> store(base::Task<void> task, bool& done, QEventLoop& loop)
{
    co_await std::move(task);
    done = true;
    loop.quit();
}

inline void run(QEventLoop& loop, int seconds)
{
    QTimer::singleShot(seconds * 1000, &loop, [] { qFatal("a coroutine did not end in time"); });
    loop.exec();
}

} // namespace detail

template <class T>
T await(base::Task<T> task, int seconds = 30)
{
    QEventLoop loop;
    if constexpr (std::is_void_v<T>) {
        bool done = false;
        detail::store(std::move(task), done, loop);
        if (!done)
            detail::run(loop, seconds);
    } else {
        std::optional<T> value;
        detail::store(std::move(task), value, loop);
        if (!value)
            detail::run(loop, seconds);
        return std::move(*value);
    }
}

} // namespace support
