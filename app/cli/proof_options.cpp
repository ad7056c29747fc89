// SPDX-License-Identifier: Apache-2.0
#include "app/cli/proof_options.h"

#include "app/cli/lookup.h"
#include "app/cli/solver_option.h"
#include "challenge/listen_address.h"
#include "challenge/remote_webroot.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using challenge::ProofSettings;

Result<QString> listenAddress(const Arguments& arguments)
{
    const auto address = challenge::ListenAddress::parse(arguments.value(u"listen"_s));
    if (!address)
        return badOption(u"listen"_s, address.error().detail());
    return address->toString();
}

Result<ProofSettings> remoteFrom(const Arguments& arguments)
{
    const auto webroot =
        challenge::RemoteWebroot::parse(arguments.value(u"webroot-host"_s), arguments.value(u"webroot"_s));
    if (!webroot)
        return badOption(webroot.error().field() == u"webroot" ? u"webroot"_s : u"webroot-host"_s,
                         webroot.error().detail());
    return ProofSettings::http01Remote(webroot->host().toString(), webroot->folder());
}

Result<ProofSettings> http01From(const Arguments& arguments)
{
    if (arguments.has(u"webroot-host"_s) && !arguments.has(u"webroot"_s))
        return badOption(u"webroot-host"_s, u"--webroot DIR names the folder on that host"_s);
    if (arguments.has(u"listen"_s) == arguments.has(u"webroot"_s))
        return badOption(u"challenge"_s, u"http-01 needs either --listen ADDR:PORT or --webroot DIR"_s);
    if (arguments.has(u"webroot-host"_s))
        return remoteFrom(arguments);
    if (arguments.has(u"webroot"_s))
        return ProofSettings::http01Webroot(arguments.value(u"webroot"_s));
    const auto address = listenAddress(arguments);
    if (!address)
        return base::failed(address.error());
    return ProofSettings::http01Listening(*address);
}

Result<ProofSettings> tlsAlpn01From(const Arguments& arguments)
{
    if (!arguments.has(u"listen"_s) || arguments.has(u"webroot"_s))
        return badOption(u"challenge"_s, u"tls-alpn-01 needs --listen ADDR:PORT"_s);
    const auto address = listenAddress(arguments);
    if (!address)
        return base::failed(address.error());
    return ProofSettings::tlsAlpn01Listening(*address);
}

} // namespace

QList<Option> proofOptionList()
{
    return QList<Option> {
               {u"challenge"_s, u"TYPE"_s,
                u"How the names are proved: http-01, tls-alpn-01, dns-01, dns-account-01 or dns-persist-01."_s},
               {u"listen"_s, u"ADDR:PORT"_s, u"http-01, tls-alpn-01: where the built-in responder listens."_s},
               {u"webroot"_s, u"DIR"_s, u"http-01: the folder that another web server serves."_s},
               {u"webroot-host"_s, u"HOST"_s,
                u"http-01: where that folder is, as [user@]host[:port] or an alias of ssh's configuration."_s},
               {u"solver"_s, u"NAME"_s, u"dns-01, dns-account-01, dns-persist-01: one that “solver add” set up."_s},
           }
    + solverOptionList();
}

bool takesSolver(const QString& challengeType)
{
    return challengeType == u"dns-01" || challengeType == u"dns-account-01" || challengeType == u"dns-persist-01";
}

Result<ProofSettings> proofFrom(const Arguments& arguments)
{
    const auto type = requiredOption(arguments, u"challenge"_s);
    if (!type)
        return base::failed(type.error());
    if (takesSolver(*type))
        return ProofSettings {*type};
    if (*type == u"http-01")
        return http01From(arguments);
    if (*type == u"tls-alpn-01")
        return tlsAlpn01From(arguments);
    return badOption(u"challenge"_s,
                     u"“%1” is not offered; it is http-01, tls-alpn-01, dns-01, dns-account-01 or "
                     "dns-persist-01"_s.arg(*type));
}

} // namespace cli
