// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/exchange.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "challenge/solver.h"
#include "lifecycle/order_record.h"

#include <QList>

#include <stop_token>

namespace lifecycle {

class ChangeFeed;
class OrderRepository;

/// One order as it runs: its record, what happened so far, and the waits in between.
///
/// Events are announced at once and stored with the next save(). The exchanges of a run stay in memory and are stored
/// only when the order fails, where somebody will want to read them.
class OrderProgress {
public:
    OrderProgress(OrderRecord record, int lastSequence, OrderRepository& repository, base::Clock& clock,
                  ChangeFeed& feed);

    const OrderRecord& record() const { return m_record; }
    OrderRecord& record() { return m_record; }
    QDateTime now() const;

    /// Announces and remembers an event; fills in the order, the sequence and the moment.
    void note(OrderEvent event);
    void note(OrderEvent::Subject subject, const QString& state, const QString& detail = QString());
    /// Tells the person who put an answer in place that it may go; once about each.
    void noteLeftover(const challenge::Leftover& left, const QString& challengeType);
    /// Remembers one request with its reply; announced only where somebody watches.
    void exchanged(const acme::Exchange& exchange);

    /// Stores the record with the events since the last call.
    base::Task<base::Result<void>> save();
    /// Stores the record as failed for good, with the error, the events and the exchanges.
    base::Task<base::Result<void>> fail(base::Error error);
    /// Hands over the events that are not stored yet, for a transaction of somebody else.
    QList<OrderEvent> takeEvents();
    /// Events and exchanges after that sequence that are only in memory, for a reader who wants all of them.
    QList<OrderEvent> unsaved(int afterSequence = 0) const;

    /// Waits until `moment`, checkNow() or `stop`. InProgress when the order's deadline passes first, Cancelled when
    /// stopped.
    base::Task<base::Result<void>> waitUntil(QDateTime moment, std::stop_token stop);
    /// Ends the current wait.
    void checkNow();

private:
    struct Exchanged {
        OrderEvent event;
        acme::Exchange exchange;

        OrderEvent shown() const;
    };

    void stamp(OrderEvent& event);

    OrderRecord m_record;
    int m_sequence;
    QList<OrderEvent> m_events;
    QStringList m_toldLeftovers; ///< place and value of each
    QList<Exchanged> m_exchanges;
    std::stop_source m_wait;
    OrderRepository& m_repository;
    base::Clock& m_clock;
    ChangeFeed& m_feed;
};

} // namespace lifecycle
