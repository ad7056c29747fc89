// SPDX-License-Identifier: Apache-2.0
#include "challenge/solver_factory.h"

#include "challenge/answer_claims.h"
#include "challenge/dns01_solver.h"
#include "challenge/dns_persist01_solver.h"
#include "challenge/http01_responder.h"
#include "challenge/http01_solver.h"
#include "challenge/made_folders.h"
#include "challenge/remote_webroot_solver.h"
#include "challenge/sftp_queue.h"
#include "challenge/shared_responders.h"
#include "challenge/tls_alpn01_responder.h"
#include "challenge/tls_alpn01_solver.h"
#include "challenge/webroot_solver.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

} // namespace

BuiltInSolvers::BuiltInSolvers(SolverStore& store, base::Clock& clock, SshSettings ssh)
    : m_store(store)
    , m_clock(clock)
    , m_sshConfiguration(ssh.configFile)
    , m_httpResponders(std::make_shared<SharedResponders<Http01Responder>>())
    , m_tlsResponders(std::make_shared<SharedResponders<TlsAlpn01Responder>>())
    , m_claims(std::make_shared<AnswerClaims>())
    , m_madeFolders(std::make_shared<MadeFolders>())
    , m_sftp(std::make_shared<SftpQueue>(std::move(ssh)))
{
}

BuiltInSolvers::~BuiltInSolvers() = default;

base::Result<std::unique_ptr<Solver>> BuiltInSolvers::make(const ProofSettings& settings, const SolverContext& context)
{
    if (settings.challengeType == "http-01"_L1)
        return makeHttp01(settings);
    if (settings.challengeType == "tls-alpn-01"_L1)
        return makeTlsAlpn01(settings);
    if (settings.challengeType == "dns-01"_L1 || settings.challengeType == "dns-account-01"_L1)
        return makeDns01(settings, context);
    if (settings.challengeType == "dns-persist-01"_L1)
        return makeDnsPersist01(settings, context);
    return base::failed(base::ErrorCode::Unsupported,
                        u"names cannot be proved by \"%1\", only by http-01, tls-alpn-01, dns-01, dns-account-01 or "
                        "dns-persist-01"_s.arg(settings.challengeType.left(100)));
}

base::Result<std::unique_ptr<Solver>> BuiltInSolvers::makeHttp01(const ProofSettings& settings)
{
    if (!settings.host.isEmpty())
        return makeRemote(settings);
    if (settings.webroot.isEmpty() == settings.listenAddress.isEmpty())
        return base::invalid(u"listenAddress"_s, u"http-01 needs either an address to listen on or a webroot"_s);
    if (!settings.webroot.isEmpty())
        return std::make_unique<WebrootSolver>(m_claims, settings.webroot);
    auto address = ListenAddress::parse(settings.listenAddress);
    if (!address)
        return base::failed(std::move(address).error());
    return std::make_unique<Http01Solver>(m_httpResponders, m_claims, *std::move(address));
}

base::Result<std::unique_ptr<Solver>> BuiltInSolvers::makeTlsAlpn01(const ProofSettings& settings)
{
    auto address = ListenAddress::parse(settings.listenAddress);
    if (!address)
        return base::failed(std::move(address).error());
    return std::make_unique<TlsAlpn01Solver>(m_tlsResponders, m_claims, m_clock, *std::move(address));
}

base::Result<std::unique_ptr<Solver>> BuiltInSolvers::makeRemote(const ProofSettings& settings)
{
    auto webroot = RemoteWebroot::parse(settings.host, settings.webroot);
    if (!webroot)
        return base::failed(std::move(webroot).error());
    RemoteWebrootSolver::Shared shared {m_claims, m_madeFolders, m_sftp};
    return std::make_unique<RemoteWebrootSolver>(std::move(shared), *std::move(webroot));
}

base::Result<std::unique_ptr<Solver>> BuiltInSolvers::makeDns01(const ProofSettings& settings,
                                                                const SolverContext& context)
{
    if (settings.solverId.isEmpty())
        return base::invalid(u"solver"_s, u"%1 needs a solver that changes DNS records"_s.arg(settings.challengeType));
    const bool ofAccount = settings.challengeType == "dns-account-01"_L1;
    if (ofAccount && context.account.url.isEmpty())
        return base::invalid(u"account"_s, u"dns-account-01 needs an account that is registered"_s);
    Dns01Updater updater(storeFor(context), m_clock, settings.solverId, context.resolvers);
    return std::make_unique<Dns01Solver>(m_claims, std::move(updater),
                                         ofAccount ? Dns01Naming::dnsAccount01(context.account.url)
                                                   : Dns01Naming::dns01());
}

// A solver is only asked where its DNS server is: it may be left out.
base::Result<std::unique_ptr<Solver>> BuiltInSolvers::makeDnsPersist01(const ProofSettings& settings,
                                                                       const SolverContext& context)
{
    DnsPersist01Search search(storeFor(context), settings.solverId, context.resolvers);
    return std::make_unique<DnsPersist01Solver>(std::move(search), m_clock, context);
}

} // namespace challenge
