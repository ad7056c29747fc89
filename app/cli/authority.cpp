// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"

#include "app/cli/authority_documents.h"
#include "app/cli/authority_options.h"
#include "app/cli/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/authority_trust.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::AuthorityDetails;

/// Credentials of a proxy are in the vault.
Task<Result<void>> openVaultFor(Session& session, bool credentials)
{
    if (!credentials)
        co_return Result<void>();
    co_return co_await session.openVault();
}

Task<Result<Reply>> withCondition(Session& session, lifecycle::Authority authority)
{
    auto condition = co_await session.engine().authorityRepository().condition(authority.id);
    if (!condition)
        co_return base::failed(std::move(condition).error());
    co_return Reply {documentOf(authority, *condition)};
}

Task<Result<Reply>> add(Session& session, Arguments arguments)
{
    AuthorityDetails details;
    details.name = arguments.words[0];
    details.rootFingerprint = arguments.value(u"root-fingerprint"_s);
    // with a fingerprint the usual paths are tried
    details.directoryUrl =
        details.rootFingerprint.isEmpty() ? directoryUrlFrom(arguments.words[1]) : arguments.words[1];
    const auto applied = applyAuthorityOptions(arguments, details);
    if (!applied)
        co_return base::failed(inCommandLineWords(applied.error()));
    auto opened = co_await openVaultFor(session, details.proxyCredentials != nullptr);
    if (!opened)
        co_return base::failed(std::move(opened).error());
    auto authority = co_await session.engine().authorities().add(details, session.stop());
    if (!authority)
        co_return base::failed(inCommandLineWords(std::move(authority).error()).during(u"adding the authority"));
    co_return co_await withCondition(session, *std::move(authority));
}

Task<Result<Reply>> list(Session& session, Arguments)
{
    auto authorities = co_await session.engine().authorities().all();
    if (!authorities)
        co_return base::failed(std::move(authorities).error());
    QJsonArray documents;
    for (const lifecycle::Authority& authority : std::as_const(*authorities)) {
        auto condition = co_await session.engine().authorityRepository().condition(authority.id);
        if (!condition)
            co_return base::failed(std::move(condition).error());
        documents.append(documentOf(authority, *condition));
    }
    co_return Reply {documents, {u"name"_s, u"directoryUrl"_s, u"reachable"_s, u"id"_s}};
}

Task<Result<Reply>> show(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    co_return co_await withCondition(session, *std::move(authority));
}

Task<Result<Reply>> update(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    AuthorityDetails details = lifecycle::detailsOf(*authority);
    details.name = arguments.value(u"name"_s, details.name);
    details.directoryUrl = directoryUrlFrom(arguments.value(u"url"_s, details.directoryUrl));
    const auto applied = applyAuthorityOptions(arguments, details);
    if (!applied)
        co_return base::failed(inCommandLineWords(applied.error()));
    auto opened = co_await openVaultFor(session, details.proxyCredentials || !authority->proxyCredentials.isEmpty());
    if (!opened)
        co_return base::failed(std::move(opened).error());
    if (const auto change = rootChange(arguments)) {
        auto accepted = co_await session.engine().trust().accept(authority->id, *change, session.stop());
        if (!accepted)
            co_return base::failed(inCommandLineWords(std::move(accepted).error()).during(u"accepting the root"));
        details.rootsPem = accepted->rootsPem;
    }
    auto updated = co_await session.engine().authorities().update(authority->id, details, session.stop());
    if (!updated)
        co_return base::failed(inCommandLineWords(std::move(updated).error()).during(u"updating the authority"));
    co_return co_await withCondition(session, *std::move(updated));
}

Task<Result<Reply>> remove(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto removed = co_await session.engine().authorities().remove(authority->id);
    if (!removed)
        co_return base::failed(std::move(removed), u"removing the authority");
    co_return removedReply(authority->id);
}

} // namespace

QList<Command> authorityCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"authority"_s;
    return {
        {noun, u"add"_s, u"NAME URL|HOST"_s, 2, 2, u"Adds a CA by its ACME directory; a bare HOST means a step-ca."_s,
         authorityAddOptions(), Needs::Vault, add},
        {noun, u"list"_s, {}, 0, 0, u"Lists the authorities."_s, {}, Needs::Data, list},
        {noun, u"show"_s, u"NAME"_s, 1, 1, u"Shows one authority."_s, {}, Needs::Data, show},
        {noun, u"update"_s, u"NAME"_s, 1, 1, u"Changes an authority and reads its directory again."_s,
         authorityUpdateOptions(), Needs::Vault, update},
        {noun,
         u"remove"_s,
         u"NAME"_s,
         1,
         1,
         u"Removes an authority that nothing uses any more."_s,
         {},
         Needs::Vault,
         remove},
    };
}

} // namespace cli
