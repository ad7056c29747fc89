// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/task.h"

#include <QDateTime>

#include <chrono>
#include <stop_token>

namespace base {

/// Where the time comes from, so that tests decide it.
class Clock {
public:
    virtual ~Clock() = default;

    /// The current moment in UTC.
    virtual QDateTime now() const = 0;
    /// Completes after `duration`, or at once when stopped: true when the time has passed.
    virtual Task<bool> sleep(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
public:
    QDateTime now() const override;
    Task<bool> sleep(std::chrono::milliseconds duration, std::stop_token stop) override;
};

} // namespace base
