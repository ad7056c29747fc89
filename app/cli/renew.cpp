// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/renewal_scheduler.h"

#include "app/cli/due_renewals.h"
#include "app/cli/lookup.h"
#include "app/cli/order_options.h"
#include "app/cli/order_outcome.h"
#include "app/cli/progress.h"
#include "app/cli/session.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

/// What was asked to be renewed: orders that run now, those that have ended, and those that could not be placed.
struct Renewals {
    QStringList placed;
    QList<OrderOutcome> outcomes;
};

Task<Result<Renewals>> renewDue(Session& session)
{
    auto due = co_await renewWhatIsDue(session);
    if (!due)
        co_return base::failed(std::move(due).error());
    Renewals renewals;
    renewals.outcomes = due->outcomes + outcomesOfFailures(due->failed);
    co_return renewals;
}

Task<Renewals> placeNamed(Session& session, QStringList ids)
{
    Renewals renewals;
    for (const QString& id : ids) {
        auto placed = co_await session.engine().renewals().renew(id, session.stop());
        if (placed)
            renewals.placed.append(*placed);
        else
            renewals.outcomes.append(outcomeOfFailure(std::move(placed).error().during(id), QStringList()));
    }
    co_return renewals;
}

Task<Result<Renewals>> placeWithCsr(Session& session, Arguments arguments)
{
    if (arguments.words.size() != 1)
        co_return badOption(u"csr"_s, u"renews one certificate, the one that it is for"_s);
    auto csr = readCsrOption(arguments);
    if (!csr)
        co_return base::failed(std::move(csr).error());
    auto placed = co_await session.engine().renewals().renewWith(arguments.words[0], *std::move(csr), session.stop());
    if (!placed)
        co_return base::failed(std::move(placed).error());
    Renewals renewals;
    renewals.placed.append(*placed);
    co_return renewals;
}

Task<Result<Renewals>> place(Session& session, Arguments arguments)
{
    if (arguments.has(u"due"_s) == !arguments.words.isEmpty())
        co_return base::invalid(u"usage"_s, u"give either IDs or --due"_s);
    if (arguments.has(u"due"_s))
        co_return co_await renewDue(session);
    if (arguments.has(u"csr"_s))
        co_return co_await placeWithCsr(session, std::move(arguments));
    co_return co_await placeNamed(session, arguments.words);
}

Task<Result<Reply>> renew(Session& session, Arguments arguments)
{
    const auto wait = durationOption(arguments, u"wait"_s);
    if (!wait)
        co_return base::failed(wait.error());
    const Progress progress(session, arguments);
    WaitLimit limit(session, *wait);
    auto renewals = co_await place(session, arguments);
    if (renewals) {
        auto ended = co_await outcomesOfOrders(session, renewals->placed);
        renewals->outcomes += ended;
    }
    co_await limit.drain();
    if (!renewals)
        co_return base::failed(std::move(renewals).error());
    co_return replyForAll(renewals->outcomes);
}

} // namespace

QList<Command> renewCommands()
{
    const QList<Option> options {
        {u"due"_s, {}, u"Every certificate whose renewal moment has passed."_s},
        {u"csr"_s, u"FILE"_s, u"A fresh certificate request, where the key is elsewhere."_s},
        {u"wait"_s, u"DURATION"_s, u"Waits no longer than this; exit code 4 then."_s},
        progressOption(),
    };
    return {{u"certificate"_s, u"renew"_s, u"ID…"_s, 0, -1, u"Renews certificates now, with their stored requests."_s,
             options, Command::Needs::OpenVault, renew}};
}

} // namespace cli
