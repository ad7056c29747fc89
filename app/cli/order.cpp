// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/orders.h"

#include "app/cli/documents.h"
#include "app/cli/exit_code.h"
#include "app/cli/lookup.h"
#include "app/cli/order_outcome.h"
#include "app/cli/progress.h"
#include "app/cli/session.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int pageSize = 1000;

Task<Result<Reply>> list(Session& session, Arguments)
{
    QJsonArray documents;
    int read = pageSize;
    for (int offset = 0; read == pageSize; offset += pageSize) {
        auto page = co_await session.engine().orders().page(offset, pageSize);
        if (!page)
            co_return base::failed(std::move(page).error());
        for (const lifecycle::OrderRow& row : *page)
            documents.append(documentOf(row));
        read = static_cast<int>(page->size());
    }
    co_return Reply {documents,
                     {u"id"_s, u"names"_s, u"authority"_s, u"state"_s, u"running"_s, u"waitsFor"_s, u"lastError"_s}};
}

Task<Result<Reply>> show(Session& session, Arguments arguments)
{
    auto names = co_await authorityNames(session);
    if (!names)
        co_return base::failed(std::move(names).error());
    auto details = co_await session.engine().orders().details(arguments.words[0]);
    if (!details)
        co_return base::failed(std::move(details).error());
    co_return Reply {documentOf(*details, names->value(details->record.request.authorityId))};
}

Task<Result<Reply>> resumeOne(Session& session, QString id)
{
    auto resumed = co_await session.engine().orders().resume(id);
    if (!resumed)
        co_return base::failed(std::move(resumed), u"resuming the order");
    auto outcome = co_await outcomeOfOrder(session, id);
    co_return replyForOne(outcome);
}

Task<Result<Reply>> resumeAll(Session& session)
{
    auto resumed = co_await session.engine().orders().resumeInterrupted();
    if (!resumed)
        co_return base::failed(std::move(resumed).error());
    auto outcomes = co_await outcomesOfOrders(session, resumed->ids);
    outcomes += outcomesOfFailures(resumed->failed);
    co_return replyForAll(outcomes);
}

Task<Result<Reply>> resume(Session& session, Arguments arguments)
{
    const auto wait = durationOption(arguments, u"wait"_s);
    if (!wait)
        co_return base::failed(wait.error());
    const Progress progress(session, arguments);
    WaitLimit limit(session, *wait);
    Result<Reply> reply = Reply();
    if (arguments.words.isEmpty())
        reply = co_await resumeAll(session);
    else
        reply = co_await resumeOne(session, arguments.words[0]);
    co_await limit.drain();
    co_return reply;
}

Result<lifecycle::RetriedNames> namesToRetry(const Arguments& arguments)
{
    const bool failedOnly = arguments.has(u"failed-only"_s);
    const bool withoutFailed = arguments.has(u"without-failed"_s);
    if (failedOnly && withoutFailed)
        return badOption(u"failed-only"_s, u"does not go with --without-failed; place one order after the other"_s);
    if (failedOnly)
        return lifecycle::RetriedNames::Failed;
    return withoutFailed ? lifecycle::RetriedNames::WithoutFailed : lifecycle::RetriedNames::All;
}

Task<Result<Reply>> retry(Session& session, Arguments arguments)
{
    const auto wait = durationOption(arguments, u"wait"_s);
    if (!wait)
        co_return base::failed(wait.error());
    const auto names = namesToRetry(arguments);
    if (!names)
        co_return base::failed(names.error());
    const Progress progress(session, arguments);
    auto placed = co_await session.engine().orders().retry(arguments.words[0], *names, session.stop());
    if (!placed)
        co_return base::failed(std::move(placed), u"trying the order again");
    WaitLimit limit(session, *wait);
    auto outcome = co_await outcomeOfOrder(session, *placed);
    co_await limit.drain();
    co_return replyForOne(outcome);
}

Task<Result<Reply>> report(Session& session, Arguments arguments)
{
    auto markdown = co_await session.engine().orders().report(arguments.words[0]);
    if (!markdown)
        co_return base::failed(std::move(markdown).error());
    Reply reply;
    reply.document = QJsonObject {{u"order"_s, arguments.words[0]}, {u"markdown"_s, *markdown}};
    reply.text = *std::move(markdown);
    co_return reply;
}

Task<Result<Reply>> cancel(Session& session, Arguments arguments)
{
    auto cancelled = co_await session.engine().orders().cancel(arguments.words[0]);
    if (!cancelled)
        co_return base::failed(std::move(cancelled), u"cancelling the order");
    co_return co_await show(session, arguments);
}

Task<Result<Reply>> deactivateAuthorizations(Session& session, Arguments arguments)
{
    auto given = co_await session.engine().orders().deactivateAuthorizations(arguments.words[0], session.stop());
    if (!given)
        co_return base::failed(std::move(given), u"deactivating authorizations");
    QJsonArray documents;
    int exitCode = exit_code::Done;
    for (const lifecycle::GivenUpAuthorization& one : *given) {
        documents.append(documentOf(one));
        if (one.error)
            exitCode = exit_code::Failed;
    }
    co_return Reply {documents, {u"identifier"_s, u"state"_s, u"message"_s}, exitCode};
}

} // namespace

QList<Command> orderCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"order"_s;
    const QList<Option> resumeOptions {
        {u"wait"_s, u"DURATION"_s, u"Waits no longer than this; exit code 4 then."_s},
        progressOption(),
    };
    const QList<Option> retryOptions =
        QList<Option> {
            {u"failed-only"_s, {}, u"Only the names that failed, in a certificate of their own."_s},
            {u"without-failed"_s, {}, u"Only the other names, in a certificate of their own."_s},
        }
        + resumeOptions;
    return {
        {noun, u"list"_s, {}, 0, 0, u"Lists the orders, newest first."_s, {}, Needs::Data, list},
        {noun, u"show"_s, u"ID"_s, 1, 1, u"Shows one order with its timeline."_s, {}, Needs::Data, show},
        {noun, u"resume"_s, u"[ID]"_s, 0, 1, u"Goes on with an order, or with all that nobody runs."_s, resumeOptions,
         Needs::OpenVault, resume},
        {noun, u"retry"_s, u"ID"_s, 1, 1,
         u"Tries an order again that failed; the CA asks again only for the names that are not proved."_s, retryOptions,
         Needs::OpenVault, retry},
        {noun,
         u"report"_s,
         u"ID"_s,
         1,
         1,
         u"Prints one order as Markdown for a ticket, without secrets."_s,
         {},
         Needs::Data,
         report},
        {noun,
         u"deactivate-authorizations"_s,
         u"ID"_s,
         1,
         1,
         u"Gives up what an ended order proved, so that its names must be proved anew."_s,
         {},
         Needs::OpenVault,
         deactivateAuthorizations},
        {noun, u"cancel"_s, u"ID"_s, 1, 1, u"Ends an order for good."_s, {}, Needs::OpenVault, cancel},
    };
}

} // namespace cli
