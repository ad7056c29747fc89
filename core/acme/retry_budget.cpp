// SPDX-License-Identifier: Apache-2.0
#include "acme/retry_budget.h"

#include "acme/acme_client.h"
#include "base/retry_policy.h"

#include <utility>

namespace acme {
namespace {

using namespace std::chrono_literals;

constexpr int leastBadNonces = 20;
constexpr std::chrono::milliseconds badNoncePeriod = 2min;
constexpr int immediateBadNonces = 20; // each refusal brings a fresh nonce
constexpr base::RetryPolicy badNonceWaits {100ms, 1.3, 500ms};

constexpr int failureLimit = 2; // three tries
constexpr base::RetryPolicy failureWaits {500ms, 2.0, 5s};

// A server that says when to come back is not asked before; that is for the caller to wait for.
bool isPassing(const base::Error& error, int status)
{
    if (error.retryAt())
        return false;
    return status >= 500 || error.code() == base::ErrorCode::Network || error.code() == base::ErrorCode::Timeout;
}

} // namespace

RetryBudget::RetryBudget(Repetition repetition, QDateTime began)
    : m_repetition(repetition)
    , m_began(std::move(began))
{
}

std::optional<std::chrono::milliseconds> RetryBudget::next(const base::Error& error, int status, const QDateTime& now)
{
    if (m_repetition == Repetition::Never)
        return std::nullopt;
    if (isBadNonce(error))
        return afterBadNonce(now);
    if (m_repetition == Repetition::Read && isPassing(error, status))
        return afterFailure();
    // Dogtag's answer to a nonce of another replica: a page without a problem document.
    if (m_repetition == Repetition::AfterBadNonce && status == 500 && error.code() == base::ErrorCode::Protocol)
        return afterFailure();
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> RetryBudget::afterBadNonce(const QDateTime& now)
{
    ++m_badNonces;
    if (m_badNonces > leastBadNonces && m_began.msecsTo(now) > badNoncePeriod.count())
        return std::nullopt;
    if (m_badNonces <= immediateBadNonces)
        return 0ms;
    return badNonceWaits.delay(m_badNonces - immediateBadNonces - 1);
}

std::optional<std::chrono::milliseconds> RetryBudget::afterFailure()
{
    if (m_failures == failureLimit)
        return std::nullopt;
    return failureWaits.delay(m_failures++);
}

} // namespace acme
