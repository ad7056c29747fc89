// SPDX-License-Identifier: Apache-2.0
#include "app/cli/due_renewals.h"
#include "app/cli/exit_code.h"
#include "app/cli/order_outcome.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/session.h"
#include "app/cli/stop_wait.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/orders.h"
#include "lifecycle/renewal_inquiries.h"

#include <QJsonArray>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Task<Reply> repliesTo(Session& session, QStringList orders)
{
    auto outcomes = co_await outcomesOfOrders(session, std::move(orders));
    co_return replyForAll(outcomes);
}

Task<Result<lifecycle::RenewalInquiryRound>> askAuthorities(Session& session, bool refresh)
{
    lifecycle::RenewalInquiries& inquiries = session.engine().inquiries();
    if (refresh)
        co_return co_await inquiries.askAll(session.stop());
    co_return co_await inquiries.askDue(session.stop());
}

/// One look: what was interrupted, what the authorities want, what is due, and how it ended.
Task<Result<Reply>> runOnce(Session& session, bool refresh)
{
    co_await session.engine().accountKeys().finishRollovers(session.stop());
    auto resumed = co_await session.engine().orders().resumeInterrupted();
    if (!resumed)
        co_return base::failed(std::move(resumed), u"resuming orders");
    auto asked = co_await askAuthorities(session, refresh);
    if (!asked)
        co_return base::failed(std::move(asked), u"asking for renewal information");
    auto due = co_await renewWhatIsDue(session);
    if (!due)
        co_return base::failed(std::move(due).error());
    auto resumedReply = co_await repliesTo(session, resumed->ids);
    co_await session.engine().orders().removeLeftBehind(session.stop());
    const Reply renewedReply = replyForAll(due->outcomes);
    const QStringList failures = resumed->failed + due->failed + (refresh ? asked->failed : QStringList());
    for (const QString& failure : failures)
        printLine(failure);
    const int notPlaced = failures.isEmpty() ? exit_code::Done : exit_code::Failed;
    const QJsonObject document {
        {u"resumed"_s, resumedReply.document},
        {u"resumingFailed"_s, QJsonArray::fromStringList(resumed->failed)},
        {u"asked"_s, asked->asked},
        {u"askingFailed"_s, QJsonArray::fromStringList(asked->failed)},
        {u"renewed"_s, renewedReply.document},
        {u"failed"_s, QJsonArray::fromStringList(due->failed)},
    };
    const int exitCode = worse(worse(resumedReply.exitCode, renewedReply.exitCode), notPlaced);
    co_return Reply {document, {}, exitCode};
}

Task<Result<Reply>> run(Session& session, Arguments arguments)
{
    const Progress progress(session, arguments);
    const bool once = arguments.has(u"once"_s);
    const bool refresh = arguments.has(u"refresh"_s);
    if (refresh && !once)
        co_return base::invalid(u"usage"_s, u"--refresh goes with --once"_s);
    if (once)
        co_return co_await runOnce(session, refresh);
    session.engine().startRenewing();
    co_await untilStopped(session);
    co_return Reply();
}

} // namespace

QList<Command> agentCommands()
{
    const QList<Option> options {
        {u"once"_s, {}, u"Looks once, waits for what that began, and ends."_s},
        {u"refresh"_s, {}, u"With --once: asks for renewal information now, whatever the authorities said."_s},
        progressOption(),
    };
    return {{u"agent"_s,
             {},
             {},
             0,
             0,
             u"Resumes interrupted orders and renews what is due, until stopped."_s,
             options,
             Command::Needs::OpenVault,
             run}};
}

} // namespace cli
