// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"

#include "app/cli/authority_documents.h"
#include "app/cli/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/passphrase.h"
#include "app/cli/session.h"
#include "base/platform.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/authority_trust.h"

#include <tuple>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::AuthorityDetails;

constexpr qint64 rootsLimit = 1024 * 1024;

/// A bare host is taken for a step-ca with its usual provisioner.
QString directoryUrlFrom(const QString& urlOrHost)
{
    if (urlOrHost.contains(u"://"))
        return urlOrHost;
    return u"https://"_s + urlOrHost + (urlOrHost.contains(u'/') ? QString() : u"/acme/acme/directory"_s);
}

Result<QByteArray> pemOption(const Arguments& arguments, const QString& option)
{
    auto pem = base::platform::readFile(arguments.value(option), rootsLimit);
    if (!pem)
        return base::failed(std::move(pem), QString(u"reading --"_s + option));
    if (pem->isEmpty())
        return badOption(option, u"the file is empty"_s);
    return pem;
}

/// Puts the content of each option's file where it belongs.
Result<void> applyRoots(const Arguments& arguments, AuthorityDetails& details)
{
    if (arguments.has(u"system-roots"_s))
        details.rootsPem.clear();
    if (arguments.has(u"any-issuer"_s))
        details.issuingRootsPem.clear();
    const QList<std::tuple<QString, QByteArray*, bool>> files {
        {u"root"_s, &details.rootsPem, false},
        {u"add-root"_s, &details.rootsPem, true},
        {u"issuing-root"_s, &details.issuingRootsPem, false},
    };
    for (const auto& [option, target, append] : files) {
        if (!arguments.has(option))
            continue;
        auto pem = pemOption(arguments, option);
        if (!pem)
            return base::failed(std::move(pem).error());
        *target = append ? *target + *pem : *pem;
    }
    return {};
}

Result<void> applyOptions(const Arguments& arguments, AuthorityDetails& details)
{
    if (auto applied = applyRoots(arguments, details); !applied)
        return applied;
    details.proxy = arguments.value(u"proxy"_s, details.proxy);
    if (arguments.has(u"resolver"_s))
        details.resolvers = arguments.values(u"resolver"_s);
    if (!arguments.has(u"proxy-credentials"_s))
        return {};
    auto credentials = secretFromFile(arguments.value(u"proxy-credentials"_s), u"proxy-credentials"_s);
    if (!credentials)
        return base::failed(std::move(credentials).error());
    details.proxyCredentials = std::make_shared<const base::Secret>(*std::move(credentials));
    return {};
}

/// In the words of the command line.
base::Error worded(base::Error error)
{
    if (error.field() == u"proxyCredentials")
        return base::Error(error.code(), error.detail() + u" (--proxy-credentials FILE)"_s)
            .about(u"proxy-credentials"_s);
    if (error.field() == u"proxy" && error.detail().contains(u"vault"))
        return base::Error(error.code(), error.detail() + u": --proxy-credentials FILE"_s).about(u"proxy"_s);
    return error;
}

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
    if (!details.rootFingerprint.isEmpty() && arguments.has(u"root"_s))
        co_return badOption(u"root-fingerprint"_s, u"the root comes either from --root or by its fingerprint"_s);
    // with a fingerprint the usual paths are tried
    details.directoryUrl =
        details.rootFingerprint.isEmpty() ? directoryUrlFrom(arguments.words[1]) : arguments.words[1];
    const auto applied = applyOptions(arguments, details);
    if (!applied)
        co_return base::failed(worded(applied.error()));
    auto opened = co_await openVaultFor(session, details.proxyCredentials != nullptr);
    if (!opened)
        co_return base::failed(std::move(opened).error());
    auto authority = co_await session.engine().authorities().add(details, session.stop());
    if (!authority)
        co_return base::failed(worded(std::move(authority).error()).during(u"adding the authority"));
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

/// The roots that are told by a fingerprint, where there is one.
Task<Result<void>> acceptFingerprint(Session& session, QString id, Arguments arguments)
{
    const bool replace = arguments.has(u"root-fingerprint"_s);
    if (!replace && !arguments.has(u"add-root-fingerprint"_s))
        co_return Result<void>();
    lifecycle::RootChange change;
    change.kind = replace ? lifecycle::RootChange::Kind::Replace : lifecycle::RootChange::Kind::Add;
    change.fingerprint = arguments.value(replace ? u"root-fingerprint"_s : u"add-root-fingerprint"_s);
    auto accepted = co_await session.engine().trust().accept(id, std::move(change), session.stop());
    if (!accepted)
        co_return base::failed(std::move(accepted), u"accepting the root");
    co_return Result<void>();
}

Task<Result<Reply>> update(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    const bool credentials = arguments.has(u"proxy-credentials"_s) || !authority->proxyCredentials.isEmpty();
    auto opened = co_await openVaultFor(session, credentials);
    if (!opened)
        co_return base::failed(std::move(opened).error());
    auto accepted = co_await acceptFingerprint(session, authority->id, arguments);
    if (!accepted)
        co_return base::failed(std::move(accepted).error());
    auto current = co_await session.engine().authorityRepository().byId(authority->id);
    if (!current)
        co_return base::failed(std::move(current).error());
    AuthorityDetails details = lifecycle::detailsOf(*current);
    details.name = arguments.value(u"name"_s, current->name);
    details.directoryUrl = directoryUrlFrom(arguments.value(u"url"_s, details.directoryUrl));
    const auto applied = applyOptions(arguments, details);
    if (!applied)
        co_return base::failed(worded(applied.error()));
    auto updated = co_await session.engine().authorities().update(authority->id, details, session.stop());
    if (!updated)
        co_return base::failed(worded(std::move(updated).error()).during(u"updating the authority"));
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

QList<Option> trustOptions()
{
    return {
        {u"root"_s, u"PEM"_s, u"Trusts only the root certificates of this file; default: the system's."_s},
        {u"issuing-root"_s, u"PEM"_s, u"Refuses issued chains that lead to none of these roots; default: takes any."_s},
        {u"proxy"_s, u"URL"_s, u"“system” (default), “none”, http://host:port or socks5://host:port."_s},
        {u"proxy-credentials"_s, u"FILE"_s,
         u"USER:PASSWORD for that proxy, on the file's first line; kept in the vault."_s},
        {u"resolver"_s, u"HOST:PORT"_s, u"A DNS server to ask instead of the system's; may repeat."_s},
    };
}

QList<Option> addOptions()
{
    return QList<Option> {{u"root-fingerprint"_s, u"SHA256"_s,
                           u"Fetches the root from a step-ca, compares and pins it; HOST is enough then."_s}}
    + trustOptions();
}

QList<Option> updateOptions()
{
    return QList<Option> {
               {u"name"_s, u"NAME"_s, u"A new name."_s},
               {u"url"_s, u"URL"_s, u"A new directory URL; “authority rebind” also takes the accounts along."_s},
               {u"add-root"_s, u"PEM"_s, u"Trusts the roots of this file as well, for a rotation."_s},
               {u"root-fingerprint"_s, u"SHA256"_s,
                u"Trusts only the root of this fingerprint, as served or fetched from a step-ca."_s},
               {u"add-root-fingerprint"_s, u"SHA256"_s, u"Trusts that root as well."_s},
               {u"system-roots"_s, {}, u"Trusts the system's root certificates again."_s},
               {u"any-issuer"_s, {}, u"Takes issued chains of any root again."_s},
           }
    + trustOptions();
}

} // namespace

QList<Command> authorityCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"authority"_s;
    return {
        {noun, u"add"_s, u"NAME URL|HOST"_s, 2, 2, u"Adds a CA by its ACME directory; a bare HOST means a step-ca."_s,
         addOptions(), Needs::Vault, add},
        {noun, u"list"_s, {}, 0, 0, u"Lists the authorities."_s, {}, Needs::Data, list},
        {noun, u"show"_s, u"NAME"_s, 1, 1, u"Shows one authority."_s, {}, Needs::Data, show},
        {noun, u"update"_s, u"NAME"_s, 1, 1, u"Changes an authority and reads its directory again."_s, updateOptions(),
         Needs::Vault, update},
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
