// SPDX-License-Identifier: Apache-2.0
#include "app/cli/order_outcome.h"

#include "app/cli/documents.h"
#include "app/cli/exit_code.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "lifecycle/orders.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::Task;
using lifecycle::OrderRecord;
using lifecycle::OrderState;

void addError(OrderOutcome& outcome, const Error& error)
{
    outcome.document[u"error"_s] = error.toJson();
    outcome.document[u"message"_s] = error.message();
}

Error errorOf(const OrderRecord& record)
{
    Error error = record.error ? *record.error : Error(ErrorCode::Cancelled, lifecycle::orderStateName(record.state));
    return std::move(error).during(u"order %1"_s.arg(record.id));
}

/// Whether something else than a stop, a deadline or a human's leisure keeps the order from going on.
bool wasInterrupted(const OrderRecord& record)
{
    return record.error && !lifecycle::isApprovalPending(record.error) && record.error->code() != ErrorCode::Cancelled
        && record.error->code() != ErrorCode::InProgress;
}

QString unfinishedText(const OrderRecord& record)
{
    if (wasInterrupted(record))
        return u"order %1 was interrupted (%2); “order resume %1” goes on with it"_s.arg(record.id,
                                                                                         record.error->message());
    const QString what = lifecycle::isApprovalPending(record.error)
        ? u"order %1 waits until somebody at the CA has approved it; “order resume %1” asks again"_s
        : u"order %1 is still in progress; “order resume %1” goes on with it"_s;
    return what.arg(record.id);
}

void addRecord(OrderOutcome& outcome, const OrderRecord& record)
{
    outcome.document[u"order"_s] = record.id;
    outcome.document[u"orderState"_s] = lifecycle::orderStateName(record.state);
    outcome.document[u"orderUrl"_s] = record.url.toString(QUrl::FullyEncoded);
    if (record.state == OrderState::Issued)
        return;
    if (lifecycle::isFinished(record.state)) {
        outcome.error = errorOf(record);
        outcome.exitCode = exit_code::Failed;
        addError(outcome, *outcome.error);
        return;
    }
    outcome.exitCode = exit_code::InProgress;
    outcome.document[u"message"_s] = unfinishedText(record);
    if (wasInterrupted(record))
        outcome.document[u"error"_s] = record.error->toJson();
}

/// Says on standard error which certificate has none, and why.
void printMessage(const OrderOutcome& outcome)
{
    const QString message = outcome.document[u"message"_s].toString();
    if (message.isEmpty())
        return;
    const QString names = outcome.document[u"names"_s].toVariant().toStringList().join(u", "_s);
    printLine(names.isEmpty() ? message : names + u": "_s + message);
}

Task<void> releaseAfter(Session& session, std::chrono::milliseconds limit, std::stop_token over)
{
    const bool passed = co_await session.engine().clock().sleep(limit, over);
    if (passed)
        session.releaseOrders();
}

} // namespace

Task<OrderOutcome> outcomeOfOrder(Session& session, QString orderId)
{
    if (session.stop().stop_requested())
        session.releaseOrders();
    auto record = co_await session.engine().orders().waitFor(orderId);
    if (!record)
        co_return outcomeOfFailure(record.error(), QStringList());
    OrderOutcome outcome;
    const QDateTime now = session.engine().clock().now();
    auto row = co_await session.engine().certificateRepository().row(record->request.certificateId, now);
    if (row)
        outcome.document = documentOf(*row);
    addRecord(outcome, *record);
    co_return outcome;
}

Task<QList<OrderOutcome>> outcomesOfOrders(Session& session, QStringList orderIds)
{
    QList<OrderOutcome> outcomes;
    for (const QString& id : orderIds) {
        auto outcome = co_await outcomeOfOrder(session, id);
        outcomes.append(std::move(outcome));
    }
    co_return outcomes;
}

OrderOutcome outcomeOfFailure(const Error& error, const QStringList& names)
{
    OrderOutcome outcome;
    outcome.error = error;
    outcome.exitCode = exitCodeFor(error);
    if (!names.isEmpty())
        outcome.document[u"names"_s] = QJsonArray::fromStringList(names);
    addError(outcome, error);
    return outcome;
}

QList<OrderOutcome> outcomesOfFailures(const QStringList& lines)
{
    QList<OrderOutcome> outcomes;
    for (const QString& line : lines)
        outcomes.append(outcomeOfFailure(Error(base::ErrorCode::Rejected, line), QStringList()));
    return outcomes;
}

Result<Reply> replyForOne(const OrderOutcome& outcome)
{
    if (outcome.error)
        return base::failed(*outcome.error);
    if (outcome.exitCode == exit_code::InProgress)
        printLine(outcome.document[u"message"_s].toString());
    return Reply {outcome.document, {}, outcome.exitCode};
}

Reply replyForAll(const QList<OrderOutcome>& outcomes)
{
    QJsonArray documents;
    int exitCode = exit_code::Done;
    for (const OrderOutcome& outcome : outcomes) {
        printMessage(outcome);
        documents.append(outcome.document);
        exitCode = worse(exitCode, outcome.exitCode);
    }
    return {documents, {u"names"_s, u"orderState"_s, u"notAfter"_s, u"id"_s}, exitCode};
}

WaitLimit::WaitLimit(Session& session, std::optional<std::chrono::milliseconds> limit)
{
    if (limit)
        m_scope.start(releaseAfter(session, *limit, m_scope.stopToken()));
}

} // namespace cli
