// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/signed_transport.h"

#include <chrono>
#include <optional>

namespace acme {

/// Decides whether one request is made again, and after which wait.
class RetryBudget {
public:
    RetryBudget(Repetition repetition, QDateTime began);

    /// The wait before the next try; nothing when `error` is final. `status` is the reply's, 0 where there was none.
    std::optional<std::chrono::milliseconds> next(const base::Error& error, int status, const QDateTime& now);

private:
    std::optional<std::chrono::milliseconds> afterBadNonce(const QDateTime& now);
    std::optional<std::chrono::milliseconds> afterFailure();

    Repetition m_repetition;
    QDateTime m_began;
    int m_badNonces = 0;
    int m_failures = 0;
};

} // namespace acme
