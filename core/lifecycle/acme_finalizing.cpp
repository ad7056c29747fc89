// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_issuance.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Subject = OrderEvent::Subject;

constexpr qint64 approvalRetrySeconds = 5LL * 60;

bool isIssuing(const acme::Order& order)
{
    return order.status == acme::OrderStatus::Processing || order.status == acme::OrderStatus::Valid;
}

} // namespace

Task<Result<acme::Order>> AcmeIssuance::finalize(acme::Order order)
{
    progress().record().state = OrderState::Finalizing;
    auto saved = co_await progress().save();
    if (!saved)
        co_return tl::unexpected(std::move(saved).error());
    auto csr = m_enrolment.key.requestDer(request());
    if (!csr)
        co_return tl::unexpected(std::move(csr).error());
    for (int attempt = 0;; ++attempt) {
        if (isOver(order))
            co_return tl::unexpected(orderError(order));
        if (isIssuing(order))
            co_return co_await awaitIssued(std::move(order));
        auto known = co_await knowFinalizeUrl();
        if (!known)
            co_return tl::unexpected(std::move(known).error());
        progress().note(Subject::Finalize, u"sending"_s);
        auto finalized = co_await m_client.finalize(m_account, progress().record().finalizeUrl, *csr, m_enrolment.stop);
        if (finalized) {
            finalized->url = progress().record().url;
            co_return co_await awaitIssued(*std::move(finalized));
        }
        auto again = co_await tryFinalizeAgainAfter(std::move(finalized).error(), attempt);
        // The request may have arrived although its reply did not: the order itself knows. To some servers the second
        // one is a conflict then.
        auto current = co_await read();
        if (current)
            order = *std::move(current);
        if (!again && !isIssuing(order))
            co_return tl::unexpected(std::move(again).error());
    }
}

Task<Result<void>> AcmeIssuance::knowFinalizeUrl()
{
    if (!progress().record().finalizeUrl.isEmpty())
        co_return Result<void>();
    auto current = co_await read();
    if (!current)
        co_return tl::unexpected(std::move(current).error());
    if (progress().record().finalizeUrl.isEmpty())
        co_return base::failed(ErrorCode::Unsupported, u"the authority names no URL to finalize the order"_s);
    co_return Result<void>();
}

QDateTime AcmeIssuance::nextLook(const acme::Order& order, int attempt)
{
    return order.retryAfter.value_or(progress().now().addMSecs(m_patience.delay(attempt).count()));
}

Task<Result<acme::Order>> AcmeIssuance::awaitIssued(acme::Order order)
{
    int failures = 0;
    for (int attempt = 0;; ++attempt) {
        if (isOver(order))
            co_return tl::unexpected(orderError(order));
        if (order.status == acme::OrderStatus::Valid && !order.certificate.isEmpty()) {
            progress().note(Subject::Finalize, order.statusText);
            co_return order;
        }
        OrderEvent waiting;
        waiting.subject = Subject::Finalize;
        waiting.state = order.statusText;
        waiting.nextPollAt = nextLook(order, attempt);
        const QDateTime next = waiting.nextPollAt;
        progress().note(std::move(waiting));
        auto waited = co_await progress().waitUntil(next, m_enrolment.stop);
        if (!waited)
            co_return tl::unexpected(std::move(waited).error());
        auto current = co_await m_client.order(m_account, progress().record().url, m_enrolment.stop);
        if (current) {
            order = *std::move(current);
            failures = 0;
            continue;
        }
        auto again = co_await tryAgainAfter(std::move(current).error(), failures++);
        if (!again)
            co_return tl::unexpected(std::move(again).error());
    }
}

bool AcmeIssuance::awaitsApproval(const base::Error& error) const
{
    const auto& problem = error.problem();
    if (!m_enrolment.mayAwaitApproval || !problem)
        return false;
    const QString words = problem->title + u' ' + problem->detail;
    return problem->status == 403
        && (words.contains(u"approv"_s, Qt::CaseInsensitive) || words.contains(u"pending"_s, Qt::CaseInsensitive));
}

Task<Result<void>> AcmeIssuance::tryFinalizeAgainAfter(base::Error error, int attempt)
{
    const bool notReady = error.problem() && error.problem()->is(u"orderNotReady");
    if (notReady && m_unreadable && attempt == triesAfterLostReplies)
        co_return tl::unexpected(*m_unreadable);
    if (notReady)
        co_return co_await waitForNext(error.retryAt(), attempt);
    if (!awaitsApproval(error))
        co_return co_await tryAgainAfter(std::move(error), attempt);
    // A human decides, which may take a day: the order is left alone and resumed now and then until it is over.
    const QDateTime usual = progress().now().addSecs(approvalRetrySeconds);
    base::Error waiting = approvalPending(*error.problem());
    co_return base::failed(std::move(waiting).retryingAt(error.retryAt().value_or(usual)));
}

} // namespace lifecycle
