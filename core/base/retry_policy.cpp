// SPDX-License-Identifier: Apache-2.0
#include "base/retry_policy.h"

#include <algorithm>
#include <cmath>

namespace base {

std::chrono::milliseconds RetryPolicy::delay(int attempt) const
{
    const double wanted = static_cast<double>(first.count()) * std::pow(factor, attempt);
    const double bounded = std::min(wanted, static_cast<double>(longest.count()));
    return std::chrono::milliseconds(std::llround(bounded));
}

} // namespace base
