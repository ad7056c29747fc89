// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/solvers.h"

#include "app/cli/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"
#include "app/cli/solver_option.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::SolverSettings;

QJsonObject documentOf(const SolverSettings& settings)
{
    QJsonObject document {{u"id"_s, settings.id},
                          {u"name"_s, settings.name},
                          {u"dns"_s, challenge::dnsMethodName(settings.method)},
                          {u"zones"_s, QJsonArray::fromStringList(settings.zones)}};
    const QList<std::pair<QString, QString>> particulars {{u"server"_s, settings.server},
                                                          {u"key"_s, settings.keyName},
                                                          {u"algorithm"_s, settings.algorithm},
                                                          {u"program"_s, settings.program},
                                                          {u"cleanUpProgram"_s, settings.cleanUpProgram},
                                                          {u"provider"_s, settings.provider}};
    for (const auto& [key, value] : particulars)
        if (!value.isEmpty())
            document[key] = value;
    return document;
}

Task<Result<Reply>> add(Session& session, Arguments arguments)
{
    auto details = solverDetailsFrom(arguments);
    if (!details)
        co_return base::failed(std::move(details).error());
    details->name = arguments.words[0];
    auto added = co_await session.engine().solvers().add(*std::move(details));
    if (!added)
        co_return base::failed(std::move(added), u"adding the solver");
    co_return Reply {documentOf(*added)};
}

Task<Result<Reply>> list(Session& session, Arguments)
{
    auto all = co_await session.engine().solvers().list();
    if (!all)
        co_return base::failed(std::move(all).error());
    QJsonArray documents;
    for (const SolverSettings& settings : std::as_const(*all))
        documents.append(documentOf(settings));
    co_return Reply {documents, {u"name"_s, u"dns"_s, u"server"_s, u"key"_s, u"zones"_s}};
}

/// Of the authority of that name; without one this machine's are meant.
Task<Result<QStringList>> resolversOf(Session& session, QString authorityName)
{
    if (authorityName.isEmpty())
        co_return QStringList();
    auto authority = co_await authorityNamed(session, std::move(authorityName));
    if (!authority)
        co_return base::failed(std::move(authority).error());
    co_return std::as_const(authority->resolvers);
}

Task<Result<Reply>> test(Session& session, Arguments arguments)
{
    auto settings = co_await session.engine().solvers().find(arguments.words[0]);
    if (!settings)
        co_return base::failed(std::move(settings).error());
    auto name = base::Identifier::parse(arguments.words[1]);
    if (!name)
        co_return base::failed(std::move(name).error().about(u"names"_s));
    auto resolvers = co_await resolversOf(session, arguments.value(u"authority"_s));
    if (!resolvers)
        co_return base::failed(std::move(resolvers).error());
    auto place = co_await session.engine().solvers().test(settings->id, *name, *std::move(resolvers), session.stop());
    if (!place)
        co_return base::failed(std::move(place), u"testing the solver");
    QJsonObject document = documentOf(*settings);
    document[u"record"_s] = *place;
    co_return Reply {document};
}

Task<Result<Reply>> remove(Session& session, Arguments arguments)
{
    auto removed = co_await session.engine().solvers().remove(arguments.words[0]);
    if (!removed)
        co_return base::failed(std::move(removed), u"removing the solver");
    co_return removedReply(arguments.words[0]);
}

QList<Option> addOptions()
{
    return solverOptionList()
        + QList<Option> {{u"zone"_s, u"ZONE"_s, u"A zone whose names are always updated there; may be repeated."_s}};
}

} // namespace

QList<Command> solverCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"solver"_s;
    return {
        {noun, u"add"_s, u"NAME"_s, 1, 1, u"Sets up a way of changing DNS records, with its secret in the vault."_s,
         addOptions(), Needs::OpenVault, add},
        {noun, u"list"_s, {}, 0, 0, u"Lists them."_s, {}, Needs::Data, list},
        {noun,
         u"test"_s,
         u"SOLVER NAME"_s,
         2,
         2,
         u"Whether a name could be proved with it; changes nothing."_s,
         {{u"authority"_s, u"NAME"_s, u"Asks its resolvers where the solver has no server; else this machine's."_s}},
         Needs::OpenVault,
         test},
        {noun, u"remove"_s, u"SOLVER"_s, 1, 1, u"Forgets one that no certificate needs."_s, {}, Needs::Vault, remove},
    };
}

} // namespace cli
