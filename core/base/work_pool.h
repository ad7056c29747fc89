// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/task.h"

#include <QThreadPool>

#include <functional>
#include <type_traits>

namespace base {

/// Runs `work` (key generation, scrypt, bulk parsing) on the shared pool and resumes on the awaiting thread.
///
/// `work` must own what it uses. Name the callable before awaiting: `co_await inPool(std::move(work))`.
template <class Work>
Task<std::invoke_result_t<Work>> inPool(Work work)
{
    using Value = std::invoke_result_t<Work>;
    Delivery<Value> done;
    auto shared = std::make_shared<Work>(std::move(work));
    QThreadPool::globalInstance()->start([done, shared] { done.deliver((*shared)()); });
    co_return co_await done;
}

} // namespace base
