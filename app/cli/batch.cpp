// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch.h"

#include "app/cli/exit_code.h"
#include "app/cli/order_outcome.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "lifecycle/orders.h"

#include <QElapsedTimer>
#include <QJsonDocument>

#include <algorithm>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

/// The certificates to be issued, handed out to the jobs one by one.
struct Batch {
    lifecycle::IssueRequest request;
    QList<QList<base::Identifier>> names;
    QList<OrderOutcome> outcomes; ///< in the order of the file
    qsizetype next = 0;
};

Task<OrderOutcome> issueOne(Session& session, lifecycle::IssueRequest request)
{
    const QStringList names = base::identifierValues(request.names);
    auto placed = co_await session.engine().orders().place(std::move(request), session.stop());
    if (!placed)
        co_return outcomeOfFailure(placed.error(), names);
    co_return co_await outcomeOfOrder(session, *placed);
}

Task<void> job(Session& session, Batch& batch)
{
    while (batch.next < batch.names.size() && !session.isEnding()) {
        const qsizetype index = batch.next++;
        lifecycle::IssueRequest request = batch.request;
        request.names = batch.names[index];
        auto outcome = co_await issueOne(session, std::move(request));
        batch.outcomes[index] = std::move(outcome);
    }
}

qsizetype countOf(const Batch& batch, int exitCode)
{
    const auto matches = [exitCode](const OrderOutcome& outcome) { return outcome.exitCode == exitCode; };
    return std::count_if(batch.outcomes.begin(), batch.outcomes.end(), matches);
}

QJsonObject summaryOf(Session& session, const Batch& batch, qint64 wallMs)
{
    const http::HttpStatistics http = session.services().httpStatistics();
    const qsizetype issued = countOf(batch, exit_code::Done);
    const qsizetype inProgress = countOf(batch, exit_code::InProgress);
    return {
        {u"issued"_s, issued},
        {u"inProgress"_s, inProgress},
        {u"failed"_s, batch.outcomes.size() - issued - inProgress},
        {u"wallMs"_s, wallMs},
        {u"unlockMs"_s, static_cast<qint64>(session.unlockTime().count())},
        {u"requests"_s, http.requests},
        {u"tlsConnections"_s, http.tlsConnections},
    };
}

void printSummary(const QJsonObject& summary, bool json)
{
    if (json) {
        const QJsonObject line {{u"summary"_s, summary}};
        printLine(QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)));
        return;
    }
    printLine(u"%1 issued, %2 in progress, %3 failed in %4 s; %5 requests over %6 TLS connections"_s
                  .arg(summary[u"issued"_s].toInt())
                  .arg(summary[u"inProgress"_s].toInt())
                  .arg(summary[u"failed"_s].toInt())
                  .arg(summary[u"wallMs"_s].toDouble() / 1000, 0, 'f', 1)
                  .arg(summary[u"requests"_s].toInt())
                  .arg(summary[u"tlsConnections"_s].toInt()));
}

Batch batchFrom(const IssueOptions& options, const QList<QList<base::Identifier>>& names)
{
    Batch batch {options.request, names, {}, 0};
    const base::Error notBegun(base::ErrorCode::Cancelled, u"not begun"_s);
    for (const QList<base::Identifier>& each : names)
        batch.outcomes.append(outcomeOfFailure(notBegun, base::identifierValues(each)));
    return batch;
}

} // namespace

Task<Result<Reply>> issueBatch(Session& session, IssueOptions options)
{
    const auto names = readBatchFile(options.batchFile);
    if (!names)
        co_return base::failed(names.error());
    Batch batch = batchFrom(options, *names);
    QElapsedTimer timer;
    timer.start();
    WaitLimit limit(session, options.wait);
    base::TaskScope jobs;
    for (int i = 0; i < options.jobs; ++i)
        jobs.start(job(session, batch));
    co_await jobs.drain();
    co_await limit.drain();
    Reply reply = replyForAll(batch.outcomes);
    printSummary(summaryOf(session, batch, timer.elapsed()), session.options().json);
    co_return reply;
}

} // namespace cli
