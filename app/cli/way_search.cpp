// SPDX-License-Identifier: Apache-2.0
#include "app/cli/way_search.h"

#include "app/cli/exit_code.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"
#include "lifecycle/order_checks.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::ProofCandidate;
using lifecycle::ProofSearch;

QString reasonOf(const ProofCandidate& found)
{
    switch (found.reason) {
    case ProofCandidate::Reason::Rule:
        return u"its zone %1 has the name, and it can change records there"_s.arg(found.zone);
    case ProofCandidate::Reason::Usual:
        return u"it was used the last time and works"_s;
    case ProofCandidate::Reason::Solver:
        return u"it can change the records of these names"_s;
    case ProofCandidate::Reason::ThisMachine:
        break;
    }
    return u"an answer from here is found where the authority will look"_s;
}

QJsonArray documentsOf(const lifecycle::ProofSuggestion& suggestion)
{
    QJsonArray documents;
    for (const lifecycle::ProofObstacle& each : suggestion.obstacles)
        documents.append(
            QJsonObject {{u"way"_s, each.proof.summary()},
                         {u"verdict"_s, challenge::verdictName(each.finding.verdict)},
                         {u"name"_s, each.finding.name},
                         {u"finding"_s, each.finding.sentence()},
                         {u"codes"_s, QJsonArray::fromStringList(challenge::codeNames(each.finding.statements))}});
    if (suggestion.found)
        documents.append(QJsonObject {{u"way"_s, suggestion.found->proof.summary()},
                                      {u"verdict"_s, challenge::verdictName(challenge::Finding::Verdict::Good)},
                                      {u"name"_s, QString()},
                                      {u"finding"_s, reasonOf(*suggestion.found)}});
    return documents;
}

} // namespace

bool leavesWayOpen(const Arguments& arguments)
{
    const QStringList given = arguments.options.keys();
    return std::all_of(given.cbegin(), given.cend(),
                       [](const QString& name) { return name == u"authority" || name == u"account"; });
}

Task<Result<Reply>> searchWay(Session& session, Arguments arguments)
{
    const auto name = requiredOption(arguments, u"authority"_s);
    if (!name)
        co_return tl::unexpected(name.error());
    auto names = base::parseIdentifiers(arguments.words);
    if (!names)
        co_return base::failed(base::Error(names.error()).about(u"names"_s));
    auto authority = co_await authorityNamed(session, *name);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    ProofSearch search;
    search.names = *std::move(names);
    search.authorityId = authority->id;
    search.accountId = arguments.value(u"account"_s);
    auto suggestion = co_await session.engine().checks().suggest(std::move(search), session.stop());
    if (!suggestion)
        co_return base::failed(std::move(suggestion), u"looking for a way of proving");
    Reply reply {documentsOf(*suggestion), {u"way"_s, u"verdict"_s, u"name"_s, u"finding"_s}};
    reply.exitCode = suggestion->found ? exit_code::Done : exit_code::Failed;
    co_return reply;
}

} // namespace cli
