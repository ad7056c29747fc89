// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch.h"
#include "app/cli/issue_options.h"
#include "app/cli/name_notes.h"
#include "app/cli/order_outcome.h"
#include "app/cli/progress.h"
#include "app/cli/session.h"
#include "lifecycle/orders.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Task<Result<Reply>> issueOne(Session& session, IssueOptions options, Arguments arguments)
{
    if (!arguments.words.isEmpty()) { // else a certificate request names them
        auto names = base::parseIdentifiers(arguments.words);
        if (!names)
            co_return base::failed(base::Error(names.error()).about(u"names"_s));
        options.request.names = *std::move(names);
    }
    const Progress progress(session, arguments);
    co_await tellNameWarnings(session, options.request, arguments);
    auto placed = co_await session.engine().orders().place(options.request, session.stop());
    if (!placed)
        co_return base::failed(std::move(placed).error());
    WaitLimit limit(session, options.wait);
    auto outcome = co_await outcomeOfOrder(session, *placed);
    co_await limit.drain();
    co_return replyForOne(outcome);
}

Task<Result<Reply>> issue(Session& session, Arguments arguments)
{
    auto read = co_await issueOptionsFrom(session, arguments);
    if (!read)
        co_return base::failed(std::move(read).error());
    auto options = co_await withStoredSolver(session, *std::move(read), arguments);
    if (!options)
        co_return base::failed(std::move(options).error());
    if (!options->batchFile.isEmpty())
        co_return co_await issueBatch(session, *std::move(options));
    co_return co_await issueOne(session, *std::move(options), std::move(arguments));
}

} // namespace

QList<Command> issueCommands()
{
    return {
        {u"certificate"_s, u"issue"_s, u"[NAME…]"_s, 0, -1,
         u"Orders a certificate for DNS names, wildcards and IP addresses."_s,
         issueOptionList() + QList {progressOption()}, Command::Needs::OpenVault, issue},
    };
}

} // namespace cli
