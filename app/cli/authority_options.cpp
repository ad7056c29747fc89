// SPDX-License-Identifier: Apache-2.0
#include "app/cli/authority_options.h"

#include "app/cli/passphrase.h"
#include "base/platform.h"

#include <tuple>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::AuthorityDetails;

constexpr qint64 rootsLimit = 1024 * 1024;

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

/// What else is said about the roots beside a fingerprint would be lost without a word.
Result<void> refuseTwoRoots(const Arguments& arguments)
{
    for (const QString& fingerprint : {u"root-fingerprint"_s, u"add-root-fingerprint"_s})
        for (const QString& other : {u"root"_s, u"add-root"_s, u"system-roots"_s, u"add-root-fingerprint"_s})
            if (fingerprint != other && arguments.has(fingerprint) && arguments.has(other))
                return badOption(fingerprint, u"the roots come either by this fingerprint or by --"_s + other);
    return {};
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

} // namespace

Result<QByteArray> pemOption(const Arguments& arguments, const QString& option)
{
    auto pem = base::platform::readFile(arguments.value(option), rootsLimit);
    if (!pem)
        return base::failed(std::move(pem), QString(u"reading --"_s + option));
    if (pem->isEmpty())
        return badOption(option, u"the file is empty"_s);
    return pem;
}

QString directoryUrlFrom(const QString& urlOrHost)
{
    if (urlOrHost.contains(u"://"))
        return urlOrHost;
    return u"https://"_s + urlOrHost + (urlOrHost.contains(u'/') ? QString() : u"/acme/acme/directory"_s);
}

Result<void> applyAuthorityOptions(const Arguments& arguments, AuthorityDetails& details)
{
    if (auto clear = refuseTwoRoots(arguments); !clear)
        return clear;
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

std::optional<lifecycle::RootChange> rootChange(const Arguments& arguments)
{
    const bool replace = arguments.has(u"root-fingerprint"_s);
    if (!replace && !arguments.has(u"add-root-fingerprint"_s))
        return std::nullopt;
    lifecycle::RootChange change;
    change.kind = replace ? lifecycle::RootChange::Kind::Replace : lifecycle::RootChange::Kind::Add;
    change.fingerprint = arguments.value(replace ? u"root-fingerprint"_s : u"add-root-fingerprint"_s);
    return change;
}

base::Error inCommandLineWords(base::Error error)
{
    if (error.field() == u"proxyCredentials")
        return base::Error(error.code(), error.detail() + u" (--proxy-credentials FILE)"_s)
            .about(u"proxy-credentials"_s);
    if (error.field() == u"proxy" && error.detail().contains(u"vault"))
        return base::Error(error.code(), error.detail() + u": --proxy-credentials FILE"_s).about(u"proxy"_s);
    return error;
}

QList<Option> authorityAddOptions()
{
    return QList<Option> {{u"root-fingerprint"_s, u"SHA256"_s,
                           u"Fetches the root from a step-ca, compares and pins it; HOST is enough then."_s}}
    + trustOptions();
}

QList<Option> authorityUpdateOptions()
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

} // namespace cli
