// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_issuance.h"

#include "crypto/certificate_request.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Subject = OrderEvent::Subject;

constexpr int triesAfterLostReplies = 5;
constexpr int pagesOfOrders = 20;

bool mayPass(const base::Error& error)
{
    switch (error.code()) {
    case ErrorCode::Network:
    case ErrorCode::Timeout:
    case ErrorCode::RateLimited:
    case ErrorCode::Protocol:
        return true;
    case ErrorCode::Rejected:
        return error.problem() && error.problem()->status >= 500;
    default:
        return false;
    }
}

base::Error orderError(const acme::Order& order)
{
    if (order.error)
        return base::Error(*order.error);
    return base::Error(ErrorCode::Rejected, u"the authority says the order is %1"_s.arg(order.statusText));
}

/// Whether newOrder failed for what it was to replace. Servers call it by different names.
bool refusesReplacing(const base::Error& error)
{
    const auto& problem = error.problem();
    if (!problem)
        return false;
    if (problem->status == 409 || problem->is(u"alreadyReplaced") || problem->is(u"conflict"))
        return true;
    const bool mayBe = problem->status == 401 || problem->status >= 500 || problem->is(u"malformed");
    return mayBe && problem->detail.contains(u"replac"_s, Qt::CaseInsensitive);
}

QString topIssuer(const crypto::CertificateChain& chain)
{
    return (chain.intermediates.isEmpty() ? chain.leaf : chain.intermediates.last()).issuer();
}

bool isOver(const acme::Order& order)
{
    return order.status == acme::OrderStatus::Invalid;
}

} // namespace

AcmeIssuance::AcmeIssuance(Enrolment enrolment, acme::AcmeClient& client, acme::AccountContext account,
                           OrderRepository& orders)
    : m_enrolment(std::move(enrolment))
    , m_client(client)
    , m_account(std::move(account))
    , m_orders(orders)
    , m_mayHaveArrived(!m_enrolment.fresh)
{
}

Task<Result<crypto::CertificateChain>> AcmeIssuance::run()
{
    auto order = co_await establish();
    if (!order)
        co_return base::failed(std::move(order), u"creating the order");

    const bool provable = order->status == acme::OrderStatus::Pending || order->status == acme::OrderStatus::Unknown;
    if (provable) {
        auto authorized = co_await authorize(*order);
        if (!authorized)
            co_return base::failed(std::move(authorized), u"proving the names");
    }

    auto issued = co_await finalize(*std::move(order));
    if (!issued)
        co_return base::failed(std::move(issued), u"finalizing the order");

    auto chain = co_await download(issued->certificate);
    if (!chain)
        co_return base::failed(std::move(chain), u"downloading the certificate");
    co_return chain;
}

Task<Result<acme::Order>> AcmeIssuance::establish()
{
    for (int attempt = 0;; ++attempt) {
        auto order = co_await readOrCreate();
        if (order && isOver(*order))
            co_return tl::unexpected(orderError(*order));
        // A reply that was cut short, or a word that nobody knows: the order itself may say more when it is read.
        const bool unclear = order && order->status == acme::OrderStatus::Unknown && attempt < triesAfterLostReplies;
        if (order && !unclear)
            co_return order;
        auto again = co_await lookAgain(std::move(order), attempt);
        if (!again)
            co_return tl::unexpected(std::move(again).error());
    }
}

Task<Result<void>> AcmeIssuance::lookAgain(Result<acme::Order> order, int attempt)
{
    if (order)
        co_return co_await waitForNext(order->retryAfter, attempt);
    co_return co_await tryAgainAfter(std::move(order).error(), attempt);
}

Task<Result<acme::Order>> AcmeIssuance::readOrCreate()
{
    if (!progress().record().url.isEmpty())
        co_return co_await read();
    co_return co_await create();
}

Task<Result<acme::Order>> AcmeIssuance::create()
{
    if (m_mayHaveArrived) {
        auto lost = co_await findLost();
        if (!lost)
            co_return tl::unexpected(std::move(lost).error());
        if (*lost) {
            remember(**lost);
            auto kept = co_await progress().save();
            if (!kept)
                co_return tl::unexpected(std::move(kept).error());
            co_return **lost;
        }
    }
    m_mayHaveArrived = true;
    progress().note(Subject::Order, u"sending"_s);
    auto order = co_await send();
    if (!order && order.error().problem() && order.error().problem()->is(u"invalidProfile"))
        co_return tl::unexpected(std::move(order).error().about(u"profile"_s));
    if (!order)
        co_return order;
    remember(*order);
    auto stored = co_await progress().save();
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    if (!order->isFor(request().names))
        co_return base::failed(ErrorCode::Rejected,
                               u"the authority made an order for other names: "_s
                                   + order->identifierValues.join(u", "_s));
    co_return order;
}

acme::NewOrder AcmeIssuance::wanted()
{
    acme::NewOrder order {request().names, request().profile};
    order.replaces = m_enrolment.replaces;
    return order;
}

Task<Result<acme::Order>> AcmeIssuance::send()
{
    auto order = co_await m_client.newOrder(m_account, wanted(), m_enrolment.stop);
    if (order || m_enrolment.replaces.isEmpty() || !refusesReplacing(order.error()))
        co_return order;
    progress().note(Subject::Order, u"retrying"_s,
                    u"without saying what it replaces: "_s + order.error().problem()->summary());
    m_enrolment.replaces.clear();
    co_return co_await m_client.newOrder(m_account, wanted(), m_enrolment.stop);
}

void AcmeIssuance::remember(const acme::Order& order)
{
    OrderRecord& record = progress().record();
    record.state = OrderState::Authorizing;
    if (!order.url.isEmpty())
        record.url = order.url;
    if (!order.finalize.isEmpty())
        record.finalizeUrl = order.finalize;
    if (!order.profile.isEmpty())
        record.profile = order.profile;
    if (order.expires && *order.expires < record.deadline)
        record.deadline = *order.expires;
    progress().note(Subject::Order, order.statusText, u"order %1"_s.arg(record.url.toString()));
}

Task<Result<std::optional<acme::Order>>> AcmeIssuance::findLost()
{
    std::optional<acme::Order> found;
    auto account = co_await m_client.account(m_account, m_enrolment.stop);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    QUrl page = account->orders;
    for (int pages = 0; !page.isEmpty() && pages < pagesOfOrders; ++pages) {
        auto list = co_await m_client.orders(m_account, page, m_enrolment.stop);
        if (!list)
            co_return found; // a list that cannot be read is a list that the authority does not have
        for (const QUrl& url : list->orders) {
            auto known = co_await m_orders.knowsUrl(url);
            if (!known)
                co_return tl::unexpected(std::move(known).error());
            if (*known)
                continue;
            auto order = co_await m_client.order(m_account, url, m_enrolment.stop);
            if (order && !isOver(*order) && order->certificate.isEmpty() && order->isFor(request().names)) {
                progress().note(Subject::Order, order->statusText, u"found the order whose reply was lost"_s);
                co_return std::optional<acme::Order>(*std::move(order));
            }
        }
        page = list->next;
    }
    co_return found;
}

Task<Result<acme::Order>> AcmeIssuance::read()
{
    auto order = co_await m_client.order(m_account, progress().record().url, m_enrolment.stop);
    if (order)
        remember(*order);
    co_return order;
}

Task<Result<acme::Order>> AcmeIssuance::finalize(acme::Order order)
{
    progress().record().state = OrderState::Finalizing;
    auto saved = co_await progress().save();
    if (!saved)
        co_return tl::unexpected(std::move(saved).error());
    auto csr = crypto::certificateRequestDer(m_enrolment.key, request().names);
    if (!csr)
        co_return tl::unexpected(std::move(csr).error());
    for (int attempt = 0;; ++attempt) {
        if (isOver(order))
            co_return tl::unexpected(orderError(order));
        if (order.status == acme::OrderStatus::Processing || order.status == acme::OrderStatus::Valid)
            co_return co_await awaitIssued(std::move(order));
        progress().note(Subject::Finalize, u"sending"_s);
        auto finalized = co_await m_client.finalize(m_account, progress().record().finalizeUrl, *csr, m_enrolment.stop);
        if (finalized) {
            finalized->url = progress().record().url;
            co_return co_await awaitIssued(*std::move(finalized));
        }
        auto again = co_await tryFinalizeAgainAfter(std::move(finalized).error(), attempt);
        if (!again)
            co_return tl::unexpected(std::move(again).error());
        // The request may have arrived although its reply did not: the order itself knows.
        auto current = co_await read();
        if (current)
            order = *std::move(current);
    }
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
        waiting.nextPollAt = order.retryAfter.value_or(progress().now().addMSecs(m_polling.delay(attempt).count()));
        progress().note(std::move(waiting));
        auto waited = co_await waitForNext(order.retryAfter, attempt);
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

Task<Result<crypto::CertificateChain>> AcmeIssuance::download(QUrl url)
{
    OrderRecord& record = progress().record();
    record.state = OrderState::Downloading;
    record.certificateUrl = url;
    progress().note(Subject::Download, u"sending"_s);
    auto saved = co_await progress().save();
    if (!saved)
        co_return tl::unexpected(std::move(saved).error());
    for (int attempt = 0;; ++attempt) {
        auto downloaded = co_await m_client.downloadChain(m_account, url, m_enrolment.stop);
        auto chain = downloaded ? checkedChain(downloaded->pem) : tl::unexpected(std::move(downloaded).error());
        if (chain) {
            progress().note(Subject::Download, u"valid"_s, u"serial %1"_s.arg(chain->leaf.serialHex()));
            co_return chain;
        }
        auto again = co_await tryAgainAfter(std::move(chain).error(), attempt);
        if (!again)
            co_return tl::unexpected(std::move(again).error());
    }
}

Result<crypto::CertificateChain> AcmeIssuance::checkedChain(const QByteArray& pem)
{
    auto chain = crypto::chainFromPem(pem);
    if (!chain)
        return base::failed(ErrorCode::Protocol, u"what was downloaded is no chain: "_s + chain.error().message());
    const auto belongs = crypto::checkAgainst(*chain, m_enrolment.key.publicKey(), request().names);
    if (!belongs)
        return base::failed(ErrorCode::Protocol, belongs.error().message());
    if (m_enrolment.issuingRoots.isEmpty())
        return chain;
    // At the moment it begins, so that a clock of ours that is slow refuses no good certificate.
    const auto leads = crypto::verifyAgainstRoots(*chain, m_enrolment.issuingRoots, chain->leaf.notBefore());
    if (!leads)
        return base::failed(ErrorCode::Rejected,
                            u"the chain leads to “%1” and to none of the roots that are pinned for what this authority "
                            "issues, so it was not stored: %2"_s.arg(topIssuer(*chain), leads.error().detail()));
    return chain;
}

Task<Result<void>> AcmeIssuance::tryFinalizeAgainAfter(base::Error error, int attempt)
{
    if (error.problem() && error.problem()->is(u"orderNotReady"))
        co_return co_await waitForNext(error.retryAt(), attempt);
    co_return co_await tryAgainAfter(std::move(error), attempt);
}

Task<Result<void>> AcmeIssuance::tryAgainAfter(base::Error error, int attempt)
{
    if (acme::isBadNonce(error)) // the reply brought a fresh nonce, so there is nothing to wait for
        co_return co_await progress().waitUntil(progress().now(), m_enrolment.stop);
    if (!mayPass(error) || attempt >= triesAfterLostReplies)
        co_return tl::unexpected(std::move(error));
    OrderEvent event;
    event.state = u"retrying"_s;
    event.detail = error.message();
    event.error = error;
    event.nextPollAt = error.retryAt().value_or(progress().now().addMSecs(m_polling.delay(attempt + 3).count()));
    const QDateTime next = event.nextPollAt;
    if (next > progress().record().deadline)
        co_return tl::unexpected(std::move(error));
    progress().note(std::move(event));
    auto waited = co_await progress().waitUntil(next, m_enrolment.stop);
    co_return waited;
}

Task<Result<void>> AcmeIssuance::waitForNext(std::optional<QDateTime> retryAfter, int attempt)
{
    const QDateTime next = retryAfter.value_or(progress().now().addMSecs(m_polling.delay(attempt).count()));
    auto waited = co_await progress().waitUntil(next, m_enrolment.stop);
    co_return waited;
}

} // namespace lifecycle
