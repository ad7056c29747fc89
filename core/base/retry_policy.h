// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace base {

/// How long to wait between tries: `first`, then `factor` times longer each time, up to `longest`.
struct RetryPolicy {
    std::chrono::milliseconds first {1000};
    double factor = 1.5;
    std::chrono::milliseconds longest {15000};

    /// The wait before try number `attempt` (the first wait is number 0).
    std::chrono::milliseconds delay(int attempt) const;
};

} // namespace base
