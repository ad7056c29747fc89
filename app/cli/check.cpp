// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_checks.h"

#include "app/cli/documents.h"
#include "app/cli/exit_code.h"
#include "app/cli/issue_options.h"
#include "app/cli/order_options.h"
#include "app/cli/session.h"
#include "app/cli/way_search.h"

#include <algorithm>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::Finding;

QJsonObject documentOf(const Finding& finding)
{
    return {{u"name"_s, finding.name},
            {u"check"_s, challenge::checkName(finding.check)},
            {u"verdict"_s, challenge::verdictName(finding.verdict)},
            {u"finding"_s, finding.sentence()},
            {u"codes"_s, QJsonArray::fromStringList(challenge::codeNames(finding.statements))}};
}

QJsonObject documentOf(const lifecycle::PendingReason& reason)
{
    return {{u"name"_s, reason.name},
            {u"challenge"_s, reason.challengeType},
            {u"state"_s, reason.state},
            {u"why"_s, reason.text()}};
}

/// In the words of the command line.
base::Error worded(base::Error error)
{
    return error.field() == u"host" ? std::move(error).about(u"from-host"_s) : error;
}

/// Keys of DNS servers are in the vault; answers over HTTP need nothing of it. Who only looks makes none.
Task<Result<void>> openVaultFor(Session& session, QString challengeType)
{
    if (!challengeType.startsWith(u"dns-"_s))
        co_return Result<void>();
    auto status = co_await session.engine().vault().status();
    if (status && !status->exists)
        co_return Result<void>();
    co_return co_await session.openVault();
}

Task<Result<Reply>> check(Session& session, Arguments arguments)
{
    const bool isOpen = leavesWayOpen(arguments);
    const QString type = isOpen ? u"dns-01"_s : arguments.value(u"challenge"_s); // solvers may be tried
    auto opened = co_await openVaultFor(session, type);
    if (!opened)
        co_return base::failed(std::move(opened).error());
    if (isOpen)
        co_return co_await searchWay(session, std::move(arguments));
    auto options = co_await issueOptionsFrom(session, arguments);
    if (!options)
        co_return base::failed(std::move(options).error());
    auto names = base::parseIdentifiers(arguments.words);
    if (!names)
        co_return base::failed(base::Error(names.error()).about(u"names"_s));
    lifecycle::CheckRequest request;
    request.names = *std::move(names);
    request.authorityId = options->request.authorityId;
    request.accountId = options->request.accountId;
    request.proof = options->request.proof;
    request.fromHost = arguments.value(u"from-host"_s);
    request.newSolver = options->newSolver;
    const challenge::Preflight::Notice nobody;
    auto findings = co_await session.engine().checks().check(std::move(request), nobody, session.stop());
    if (!findings)
        co_return base::failed(worded(std::move(findings).error()).during(u"checking"));
    const bool bad = std::any_of(findings->cbegin(), findings->cend(),
                                 [](const Finding& finding) { return finding.verdict == Finding::Verdict::Bad; });
    QJsonArray documents;
    for (const Finding& finding : std::as_const(*findings))
        documents.append(documentOf(finding));
    Reply reply {documents, {u"name"_s, u"check"_s, u"verdict"_s, u"finding"_s}};
    reply.exitCode = bad ? exit_code::Failed : exit_code::Done;
    co_return reply;
}

Task<Result<Reply>> why(Session& session, Arguments arguments)
{
    const QString id = arguments.words[0];
    auto order = co_await session.engine().orders().details(id);
    if (!order)
        co_return base::failed(std::move(order).error());
    auto opened = co_await openVaultFor(session, order->record.request.proof.challengeType);
    if (!opened)
        co_return base::failed(std::move(opened).error());
    auto reasons = co_await session.engine().checks().why(id, arguments.value(u"name"_s), session.stop());
    if (!reasons)
        co_return base::failed(std::move(reasons), u"looking into the order");
    QJsonArray documents;
    for (const lifecycle::PendingReason& reason : std::as_const(*reasons))
        documents.append(documentOf(reason));
    const QStringList columns {u"name"_s, u"state"_s, u"why"_s};
    co_return Reply {documents, columns};
}

bool isNamed(const QList<Option>& options, const QString& name)
{
    return std::any_of(options.begin(), options.end(), [&name](const Option& option) { return option.name == name; });
}

/// Those of `certificate issue` that say who is asked and how the names are proved.
QList<Option> checkOptions()
{
    const QStringList ofTheOrder {u"key"_s, u"profile"_s, u"wait"_s, u"batch"_s, u"jobs"_s};
    QList<Option> options;
    for (const Option& option : issueOptionList())
        if (!ofTheOrder.contains(option.name) && !isNamed(orderOptionList(), option.name))
            options.append(option);
    options.append({u"from-host"_s, u"SSHHOST"_s, u"Also looks from there, by ssh: what its dig and curl see."_s});
    return options;
}

} // namespace

QList<Command> checkCommands()
{
    using Needs = Command::Needs;
    const QList<Option> whyOptions {{u"name"_s, u"NAME"_s, u"This name only."_s}};
    return {
        {u"certificate"_s, u"check"_s, u"NAME…"_s, 1, -1,
         u"Looks whether names could be proved, as the CA would; orders nothing. Exit code 1 where something is bad. "
         "Without --challenge: which way works first of those that are set up, or what is wrong with each."_s,
         checkOptions(), Needs::Data, check},
        {u"order"_s, u"why"_s, u"ID"_s, 1, 1,
         u"Why names of an order are not proved: the CA's words and our own look."_s, whyOptions, Needs::Data, why},
    };
}

} // namespace cli
