// SPDX-License-Identifier: Apache-2.0
#include "app/cli/solver_option.h"

#include "app/cli/lookup.h"
#include "app/cli/session.h"

#include <QFileInfo>

#include <cstdio>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::DnsMethod;

/// A key file that belongs to others too is theirs to judge; one that everybody reads is worth a word.
void advise(const QString& path)
{
    if (QFileInfo(path).permissions() & QFile::ReadOther)
        std::fprintf(stderr, "warning: everybody on this machine can read %s; chmod o-r would keep its key secret\n",
                     qPrintable(path));
}

/// A program is taken for certbot's hooks unless it is said to be dehydrated's.
Result<DnsMethod> methodFrom(const QString& how, const Arguments& arguments)
{
    if (how != "program"_L1) {
        if (const auto method = challenge::dnsMethodFromName(how))
            return *method;
        return badOption(u"dns"_s, u"“%1” is not offered; it is rfc2136, program, lexicon or manual"_s.arg(how));
    }
    const QString convention = arguments.value(u"dns-hook"_s, u"certbot"_s);
    if (convention == "dehydrated"_L1)
        return DnsMethod::DehydratedHook;
    if (convention == "certbot"_L1)
        return DnsMethod::CertbotHooks;
    return badOption(u"dns-hook"_s, u"“%1” is not offered; it is certbot or dehydrated"_s.arg(convention));
}

Result<lifecycle::SolverDetails> withHooks(lifecycle::SolverDetails details, const Arguments& arguments)
{
    const auto program = requiredOption(arguments, u"dns-program"_s);
    if (!program)
        return base::failed(program.error());
    details.program = *program;
    details.cleanUpProgram = arguments.value(u"dns-cleanup-program"_s);
    return details;
}

Result<lifecycle::SolverDetails> withProvider(lifecycle::SolverDetails details, const Arguments& arguments)
{
    const auto provider = requiredOption(arguments, u"dns-provider"_s);
    if (!provider)
        return base::failed(provider.error());
    const auto credentials = requiredOption(arguments, u"dns-credentials"_s);
    if (!credentials)
        return base::failed(credentials.error());
    advise(*credentials);
    details.provider = *provider;
    details.credentialsFilePath = *credentials;
    return details;
}

Result<lifecycle::SolverDetails> withUpdateServer(lifecycle::SolverDetails details, const Arguments& arguments)
{
    const auto server = requiredOption(arguments, u"dns-server"_s);
    if (!server)
        return base::failed(server.error());
    const auto keyFile = requiredOption(arguments, u"tsig-file"_s);
    if (!keyFile)
        return base::failed(keyFile.error());
    advise(*keyFile);
    details.server = *server;
    details.keyFilePath = *keyFile;
    return details;
}

} // namespace

QList<Option> solverOptionList()
{
    return {
        {u"dns"_s, u"HOW"_s, u"How DNS records are changed: rfc2136, program, lexicon or manual."_s},
        {u"dns-server"_s, u"HOST:PORT"_s, u"rfc2136: the zone's primary server."_s},
        {u"tsig-file"_s, u"FILE"_s, u"rfc2136: the key, as nsupdate -k takes it; it is kept in the vault."_s},
        {u"dns-program"_s, u"PATH"_s, u"program: what is run to put a record in place."_s},
        {u"dns-cleanup-program"_s, u"PATH"_s, u"program, certbot's convention: what takes it away again."_s},
        {u"dns-hook"_s, u"WHOSE"_s, u"program: whose hook it is, certbot (default) or dehydrated."_s},
        {u"dns-provider"_s, u"NAME"_s, u"lexicon: its name of the DNS provider."_s},
        {u"dns-credentials"_s, u"FILE"_s, u"lexicon: lines OPTION = VALUE; they are kept in the vault."_s},
    };
}

Result<lifecycle::SolverDetails> solverDetailsFrom(const Arguments& arguments)
{
    const auto how = requiredOption(arguments, u"dns"_s);
    if (!how)
        return base::failed(how.error());
    const auto method = methodFrom(*how, arguments);
    if (!method)
        return base::failed(method.error());
    lifecycle::SolverDetails details;
    details.method = *method;
    details.zones = arguments.values(u"zone"_s);
    switch (*method) {
    case DnsMethod::Rfc2136:
        return withUpdateServer(std::move(details), arguments);
    case DnsMethod::CertbotHooks:
    case DnsMethod::DehydratedHook:
        return withHooks(std::move(details), arguments);
    case DnsMethod::Lexicon:
        return withProvider(std::move(details), arguments);
    case DnsMethod::ByHand:
        break;
    }
    return details;
}

Task<Result<DnsProof>> dnsProofFrom(Session& session, QString challengeType, Arguments arguments)
{
    DnsProof proof;
    proof.settings.challengeType = challengeType;
    const bool none = !arguments.has(u"solver"_s) && !arguments.has(u"dns"_s);
    if (none && challengeType == u"dns-persist-01") // whose record is there already
        co_return proof;
    if (arguments.has(u"solver"_s) == arguments.has(u"dns"_s))
        co_return badOption(u"challenge"_s,
                            u"%1 needs either --solver NAME or --dns HOW with what that takes"_s.arg(challengeType));
    if (arguments.has(u"dns"_s)) {
        auto details = solverDetailsFrom(arguments);
        if (!details)
            co_return base::failed(std::move(details).error());
        proof.newSolver = *std::move(details);
        co_return proof;
    }
    auto settings = co_await session.engine().solvers().find(arguments.value(u"solver"_s));
    if (!settings)
        co_return base::failed(std::move(settings).error());
    proof.settings = challenge::ProofSettings::dns(challengeType, *settings);
    co_return proof;
}

} // namespace cli
