// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "base/task_scope.h"

#include <QJsonObject>

#include <chrono>
#include <optional>

namespace cli {

/// How one order ended, or how far it came.
struct OrderOutcome {
    QJsonObject document; ///< its certificate's, with `order`, `orderState` and, where there is one, `error`, `message`
    int exitCode = 0;
    std::optional<base::Error> error; ///< why there is no certificate; nothing while it is in progress
};

/// Waits until an order that this process runs has ended or was released.
base::Task<OrderOutcome> outcomeOfOrder(Session& session, QString orderId);
/// The same of several, in their order.
base::Task<QList<OrderOutcome>> outcomesOfOrders(Session& session, QStringList orderIds);
/// The outcome of something that never became an order. `names` are those it was for.
OrderOutcome outcomeOfFailure(const base::Error& error, const QStringList& names);
/// The same of several, each told in one line already.
QList<OrderOutcome> outcomesOfFailures(const QStringList& lines);
/// The reply for a single order: an error where it failed, exit code InProgress where it has not ended.
base::Result<Reply> replyForOne(const OrderOutcome& outcome);
/// The reply for several orders: one element each, whatever became of them. Those without a certificate are told on
/// standard error as well, in a sentence each.
Reply replyForAll(const QList<OrderOutcome>& outcomes);

/// Releases the orders of a session after `--wait`, for as long as it is not drained.
class WaitLimit {
public:
    WaitLimit(Session& session, std::optional<std::chrono::milliseconds> limit);
    base::Task<void> drain() { return m_scope.drain(); }

private:
    base::TaskScope m_scope;
};

} // namespace cli
