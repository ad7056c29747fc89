// SPDX-License-Identifier: Apache-2.0
#include "storage/order_rows.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::OrderEvent;

OrderEvent readEvent(Row& row)
{
    OrderEvent event;
    event.orderId = row.text();
    event.sequence = row.integer();
    event.at = row.time();
    event.subject = lifecycle::orderSubjectFromName(row.text());
    event.identifier = row.text();
    event.challengeType = row.text();
    event.state = row.text();
    event.detail = row.text();
    event.token = row.text();
    event.expectedAt = row.text();
    event.expectedValue = row.text();
    event.nextPollAt = row.time();
    event.error = row.error();
    event.exchange = row.json();
    return event;
}

Result<int> lastSequence(Connection& connection, const QString& orderId)
{
    auto last = connection.first(
        u"SELECT COALESCE(MAX(sequence), 0) FROM order_event WHERE order_id = ?"_s,
        [](Row& row) { return row.integer(); }, orderId);
    return required(std::move(last), u"the order's history cannot be read"_s);
}

} // namespace

Result<void> insertOrderEvents(Connection& connection, const QString& orderId, const QList<OrderEvent>& events)
{
    if (events.isEmpty())
        return {};
    auto sequence = lastSequence(connection, orderId);
    if (!sequence)
        return base::failed(std::move(sequence).error());
    for (const OrderEvent& event : events) {
        sequence = std::max(*sequence + 1, event.sequence);
        auto inserted = connection.run(
            u"INSERT INTO order_event (order_id, sequence, at, subject, identifier, challenge_type, state, detail, "
            "token, expected_at, expected_value, next_poll_at, error, exchange) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            orderId, *sequence, event.at, lifecycle::orderSubjectName(event.subject), event.identifier,
            event.challengeType, event.state, event.detail, orNull(event.token), orNull(event.expectedAt),
            orNull(event.expectedValue), event.nextPollAt, event.error, event.exchange);
        if (!inserted)
            return base::failed(std::move(inserted).error());
    }
    return {};
}

Result<QList<OrderEvent>> loadOrderEvents(Connection& connection, const QString& orderId, int afterSequence)
{
    return connection.list(u"SELECT order_id, sequence, at, subject, identifier, challenge_type, state, detail, token, "
                           "expected_at, expected_value, next_poll_at, error, exchange FROM order_event "
                           "WHERE order_id = ? AND sequence > ? ORDER BY sequence"_s,
                           readEvent, orderId, afterSequence);
}

} // namespace storage
