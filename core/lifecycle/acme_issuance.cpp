// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_issuance.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Subject = OrderEvent::Subject;

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
    case ErrorCode::InvalidInput:
        return isAboutDirectory(error);
    default:
        return false;
    }
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

/// Whether newOrder failed for the moments that were asked for, as Boulder and step-ca say it.
bool isAboutValidity(const base::Error& error)
{
    const auto& problem = error.problem();
    return problem
        && (problem->detail.contains(u"notBefore"_s, Qt::CaseInsensitive)
            || problem->detail.contains(u"notAfter"_s, Qt::CaseInsensitive));
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

bool AcmeIssuance::isOver(const acme::Order& order)
{
    return order.status == acme::OrderStatus::Invalid;
}

base::Error AcmeIssuance::orderError(const acme::Order& order)
{
    if (order.error)
        return base::Error(*order.error);
    return base::Error(ErrorCode::Rejected, u"the authority says the order is %1"_s.arg(order.statusText));
}

Task<Result<Enrolled>> AcmeIssuance::run()
{
    if (request().preauthorize && progress().record().url.isEmpty()) {
        auto proved = co_await preauthorize();
        if (!proved)
            co_return base::failed(std::move(proved), u"proving the names before the order");
    }
    auto order = co_await establish();
    if (!order)
        co_return base::failed(std::move(order), u"creating the order");

    const bool provable = order->status == acme::OrderStatus::Pending || order->status == acme::OrderStatus::Unknown;
    if (provable) {
        progress().record().state = OrderState::Authorizing;
        auto authorized = co_await authorize(*order);
        if (!authorized)
            co_return base::failed(std::move(authorized), u"proving the names");
    }

    auto issued = co_await finalize(*std::move(order));
    if (!issued)
        co_return base::failed(std::move(issued), u"finalizing the order");

    auto enrolled = co_await download(issued->certificate);
    if (!enrolled)
        co_return base::failed(std::move(enrolled), u"downloading the certificate");
    co_return enrolled;
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
    if (!order) {
        auto explanation = co_await explained(std::move(order).error());
        co_return tl::unexpected(std::move(explanation));
    }
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
    if (request().notBefore.isValid())
        order.notBefore = request().notBefore;
    if (request().notAfter.isValid())
        order.notAfter = request().notAfter;
    return order;
}

Task<base::Error> AcmeIssuance::explained(base::Error refusal)
{
    if (refusal.problem() && refusal.problem()->is(u"invalidProfile")) {
        auto directory = co_await m_client.refreshDirectory(m_enrolment.stop);
        const QStringList offered = directory ? directory->meta.profiles.keys() : QStringList();
        QString words = u"which ones the authority offers cannot be read"_s;
        if (directory)
            words = offered.isEmpty() ? u"the authority offers no profiles"_s
                                      : u"the authority offers "_s + offered.join(u", "_s);
        co_return std::move(refusal)
            .during(u"asking for the profile “%1” (%2)"_s.arg(request().profile, words))
            .about(u"profile"_s);
    }
    const bool asked = request().notBefore.isValid() || request().notAfter.isValid();
    if (asked && isAboutValidity(refusal))
        co_return std::move(refusal).during(u"asking for a validity of its own").about(u"notAfter"_s);
    co_return refusal;
}

bool AcmeIssuance::doubtsReplacing(const base::Error& error)
{
    if (m_enrolment.replaces.isEmpty())
        return false;
    if (refusesReplacing(error))
        return true;
    // pebble does not find a serial number that DER begins with a zero, and calls that its own fault.
    const bool serverFault = error.problem() && error.problem()->status >= 500 && !error.retryAt();
    return serverFault && ++m_serverFaults > 1;
}

Task<Result<acme::Order>> AcmeIssuance::send()
{
    auto order = co_await m_client.newOrder(m_account, wanted(), m_enrolment.stop);
    if (order || !doubtsReplacing(order.error()))
        co_return order;
    progress().note(Subject::Order, u"retrying"_s,
                    u"without saying what it replaces: "_s + order.error().problem()->summary());
    m_enrolment.replaces.clear();
    co_return co_await m_client.newOrder(m_account, wanted(), m_enrolment.stop);
}

void AcmeIssuance::remember(const acme::Order& order)
{
    OrderRecord& record = progress().record();
    if (record.state == OrderState::Prepared)
        record.state = OrderState::Authorizing;
    if (!order.url.isEmpty())
        record.url = order.url;
    if (!order.finalize.isEmpty())
        record.finalizeUrl = order.finalize;
    if (!order.profile.isEmpty())
        record.profile = order.profile;
    // Who sets no limit waits as long as the authority keeps the order: for a human, that may be days.
    if (order.expires && (request().waitSeconds == 0 || *order.expires < record.deadline))
        record.deadline = *order.expires;
    progress().note(Subject::Order, order.statusText, u"order %1"_s.arg(record.url.toString()));
}

Task<Result<std::optional<acme::Order>>> AcmeIssuance::findLost()
{
    std::optional<acme::Order> found;
    if (!m_enrolment.mayListOrders)
        co_return found;
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

Task<Result<void>> AcmeIssuance::tryAgainAfter(base::Error error, int attempt)
{
    if (acme::isBadNonce(error) && attempt < triesForNonce) // the reply brought a fresh nonce: nothing to wait for
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
