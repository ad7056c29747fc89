// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"

#include "app/cli/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"
#include "base/platform.h"

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

Result<void> applyOptions(const Arguments& arguments, AuthorityDetails& details)
{
    if (arguments.has(u"root"_s)) {
        auto roots = base::platform::readFile(arguments.value(u"root"_s), rootsLimit);
        if (!roots)
            return base::failed(std::move(roots), u"reading --root");
        if (roots->isEmpty())
            return badOption(u"root"_s, u"the file is empty"_s);
        details.rootsPem = *roots;
    }
    if (arguments.has(u"system-roots"_s))
        details.rootsPem.clear();
    details.proxy = arguments.value(u"proxy"_s, details.proxy);
    if (arguments.has(u"resolver"_s))
        details.resolvers = arguments.values(u"resolver"_s);
    return {};
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
        co_return base::failed(applied.error());
    auto authority = co_await session.engine().authorities().add(details, session.stop());
    if (!authority)
        co_return base::failed(std::move(authority), u"adding the authority");
    co_return Reply {documentOf(*authority)};
}

Task<Result<Reply>> list(Session& session, Arguments)
{
    auto authorities = co_await session.engine().authorities().all();
    if (!authorities)
        co_return base::failed(std::move(authorities).error());
    co_return Reply {documentsOf(*authorities), {u"name"_s, u"directoryUrl"_s, u"id"_s}};
}

Task<Result<Reply>> show(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    co_return Reply {documentOf(*authority)};
}

Task<Result<Reply>> update(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    AuthorityDetails details;
    details.name = arguments.value(u"name"_s, authority->name);
    details.directoryUrl = directoryUrlFrom(arguments.value(u"url"_s, authority->directoryUrl.toString()));
    details.rootsPem = authority->rootsPem;
    details.proxy = authority->proxy;
    details.resolvers = authority->resolvers;
    const auto applied = applyOptions(arguments, details);
    if (!applied)
        co_return base::failed(applied.error());
    auto updated = co_await session.engine().authorities().update(authority->id, details, session.stop());
    if (!updated)
        co_return base::failed(std::move(updated), u"updating the authority");
    co_return Reply {documentOf(*updated)};
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
        {u"proxy"_s, u"URL"_s, u"“system” (default), “none”, http://host:port or socks5://host:port."_s},
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
               {u"url"_s, u"URL"_s, u"A new directory URL."_s},
               {u"system-roots"_s, {}, u"Trusts the system's root certificates again."_s},
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
