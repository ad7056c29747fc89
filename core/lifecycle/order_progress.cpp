// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_progress.h"

#include "lifecycle/change_feed.h"
#include "lifecycle/repositories.h"

#include <algorithm>
#include <utility>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr qsizetype exchangesKept = 60;

} // namespace

OrderProgress::OrderProgress(OrderRecord record, int lastSequence, OrderRepository& repository, base::Clock& clock,
                             ChangeFeed& feed)
    : m_record(std::move(record))
    , m_sequence(lastSequence)
    , m_repository(repository)
    , m_clock(clock)
    , m_feed(feed)
{
}

QDateTime OrderProgress::now() const
{
    return m_clock.now();
}

OrderEvent OrderProgress::Exchanged::shown() const
{
    OrderEvent result = event;
    result.detail = exchange.summary();
    result.exchange[u"request"_s] = exchange.requestText();
    result.exchange[u"response"_s] = exchange.responseText();
    result.exchange[u"status"_s] = exchange.status;
    return result;
}

void OrderProgress::stamp(OrderEvent& event)
{
    event.orderId = m_record.id;
    event.sequence = ++m_sequence;
    event.at = m_clock.now();
}

void OrderProgress::note(OrderEvent event)
{
    stamp(event);
    m_feed.announce(event);
    m_events.append(std::move(event));
}

void OrderProgress::note(OrderEvent::Subject subject, const QString& state, const QString& detail)
{
    OrderEvent event;
    event.subject = subject;
    event.state = state;
    event.detail = detail;
    note(std::move(event));
}

void OrderProgress::noteLeftover(const challenge::Leftover& left, const QString& challengeType)
{
    const QString told = left.what.at + u' ' + left.what.value;
    if (m_toldLeftovers.contains(told))
        return;
    m_toldLeftovers.append(told);
    OrderEvent event;
    event.subject = OrderEvent::Subject::Challenge;
    event.identifier = left.name;
    event.challengeType = challengeType;
    event.state = u"to be removed"_s;
    event.detail = u"nobody looks at it any more; other values there may be somebody else's"_s;
    event.expectedAt = left.what.at;
    event.expectedValue = left.what.value;
    note(std::move(event));
}

void OrderProgress::exchanged(const acme::Exchange& exchange)
{
    OrderEvent event;
    event.subject = OrderEvent::Subject::Exchange;
    stamp(event);
    m_exchanges.append({std::move(event), exchange});
    if (m_feed.isWatched())
        m_feed.announce(m_exchanges.last().shown());
    if (m_exchanges.size() > exchangesKept)
        m_exchanges.removeFirst();
}

QList<OrderEvent> OrderProgress::takeEvents()
{
    m_record.updatedAt = m_clock.now();
    return std::exchange(m_events, {});
}

QList<OrderEvent> OrderProgress::unsaved(int afterSequence) const
{
    QList<OrderEvent> events;
    for (const OrderEvent& event : m_events)
        if (event.sequence > afterSequence)
            events.append(event);
    for (const Exchanged& exchanged : m_exchanges)
        if (exchanged.event.sequence > afterSequence)
            events.append(exchanged.shown());
    std::sort(events.begin(), events.end(),
              [](const OrderEvent& left, const OrderEvent& right) { return left.sequence < right.sequence; });
    return events;
}

Task<Result<void>> OrderProgress::save()
{
    QList<OrderEvent> events = takeEvents();
    m_feed.announce(Change::Orders);
    auto saved = co_await m_repository.update(m_record, std::move(events));
    if (!saved)
        co_return base::failed(std::move(saved), u"storing the order");
    co_return saved;
}

Task<Result<void>> OrderProgress::fail(base::Error error)
{
    OrderEvent event;
    event.state = u"failed"_s;
    event.detail = error.message();
    event.error = error;
    note(std::move(event));
    m_record.state = OrderState::Failed;
    m_record.error = std::move(error);
    QList<OrderEvent> events = unsaved();
    m_events.clear();
    m_exchanges.clear();
    m_record.updatedAt = m_clock.now();
    auto saved = co_await m_repository.update(m_record, std::move(events));
    m_feed.announce(Change::Orders | Change::Certificates);
    co_return saved;
}

Task<Result<void>> OrderProgress::waitUntil(QDateTime moment, std::stop_token stop)
{
    const QDateTime until = std::min(moment, m_record.deadline);
    m_wait = std::stop_source();
    std::stop_source wait = m_wait;
    const std::stop_callback onStop(stop, [wait]() mutable { wait.request_stop(); });
    const std::chrono::milliseconds duration(std::max<qint64>(0, m_clock.now().msecsTo(until)));
    if (duration.count() > 0)
        co_await m_clock.sleep(duration, wait.get_token());
    if (stop.stop_requested())
        co_return base::failed(base::ErrorCode::Cancelled, u"stopped; the order can be resumed"_s);
    if (m_clock.now() >= m_record.deadline)
        co_return base::failed(base::ErrorCode::InProgress, u"the time to wait is over; the order can be resumed"_s);
    co_return Result<void>();
}

void OrderProgress::checkNow()
{
    m_wait.request_stop();
}

} // namespace lifecycle
