// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_checks.h"

#include "acme/server_traits.h"
#include "challenge/listen_address.h"
#include "dns/network_resolver.h"
#include "lifecycle/candidate_solvers.h"
#include "lifecycle/persist_records.h"
#include "lifecycle/repositories.h"
#include "lifecycle/solver_repository.h"
#include "lifecycle/solvers.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::Finding;
using challenge::PreflightRequest;
using challenge::ProofSettings;
using Findings = QList<Finding>;

/// Null where the authority has none.
Result<std::shared_ptr<dns::Resolver>> resolverOf(const Authority& authority)
{
    if (authority.resolvers.isEmpty())
        return std::shared_ptr<dns::Resolver>();
    return dns::resolverAsking(authority.resolvers);
}

/// The account that will order; without a URL where that is open.
challenge::ProvingAccount accountOf(const QList<Account>& accounts, const CheckRequest& request)
{
    QList<challenge::ProvingAccount> able;
    for (const Account& account : accounts)
        if (account.authorityId == request.authorityId && account.status == Account::Status::Valid
            && (request.accountId.isEmpty() || request.accountId == account.id))
            able.append({account.url.toString(QUrl::FullyEncoded), account.keyThumbprint});
    return able.size() == 1 ? able.constFirst() : challenge::ProvingAccount();
}

/// pebble validates at a port of its own, which is the one that its answers are given at.
quint16 portAt(const Authority& authority, const ProofSettings& proof, quint16 usual)
{
    const auto address = challenge::ListenAddress::parse(proof.listenAddress);
    return acme::traitsOf(authority.meta.kind).kind == acme::ServerKind::Pebble && address ? address->port : usual;
}

} // namespace

OrderChecks::OrderChecks(Repositories& repositories, challenge::SolverFactory& factory, Solvers& solvers,
                         Orders& orders)
    : m_repositories(repositories)
    , m_factory(factory)
    , m_solvers(solvers)
    , m_orders(orders)
{
}

Task<Result<PreflightRequest>> OrderChecks::preflightFor(CheckRequest request, Authority authority)
{
    auto accounts = co_await m_repositories.accounts.all();
    if (!accounts)
        co_return tl::unexpected(std::move(accounts).error());
    auto condition = co_await m_repositories.authorities.condition(authority.id);
    PreflightRequest wanted;
    wanted.names = request.names;
    wanted.proof = request.proof;
    wanted.issuers = authority.meta.caaIdentities;
    wanted.context.account = accountOf(*accounts, request);
    wanted.context.resolvers = authority.resolvers;
    wanted.context.persistence = persistenceOf(authority);
    wanted.fromHost = request.fromHost;
    wanted.httpPort = portAt(authority, request.proof, wanted.httpPort);
    wanted.tlsPort = portAt(authority, request.proof, wanted.tlsPort);
    if (condition)
        wanted.clockOffsetMs = condition->clockOffsetMs;
    if (!request.newSolver)
        co_return wanted;
    co_return co_await withNewSolver(std::move(wanted), *std::move(request.newSolver));
}

Task<Result<PreflightRequest>> OrderChecks::withNewSolver(PreflightRequest request, SolverDetails details)
{
    auto candidate = co_await m_solvers.candidate(std::move(details));
    if (!candidate)
        co_return tl::unexpected(std::move(candidate).error());
    request.proof = ProofSettings::dns(request.proof.challengeType, candidate->settings);
    request.context.named = std::make_shared<CandidateSolvers>(m_solvers.stored(), *std::move(candidate));
    co_return request;
}

Task<Result<Findings>> OrderChecks::look(PreflightRequest request, Authority authority,
                                         challenge::Preflight::Notice notice, std::stop_token stop)
{
    auto resolver = resolverOf(authority);
    if (!resolver)
        co_return tl::unexpected(std::move(resolver).error());
    const challenge::Preflight preflight(m_factory, {*std::move(resolver), m_machine});
    co_return co_await preflight.run(std::move(request), std::move(notice), std::move(stop));
}

Task<Result<Findings>> OrderChecks::check(CheckRequest request, challenge::Preflight::Notice notice,
                                          std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto wanted = co_await preflightFor(std::move(request), *authority);
    if (!wanted)
        co_return tl::unexpected(std::move(wanted).error());
    auto findings = co_await look(*std::move(wanted), *authority, std::move(notice), stop);
    if (findings && stop.stop_requested())
        co_return base::failed(base::ErrorCode::Cancelled, u"stopped"_s);
    co_return findings;
}

Task<Result<ProofSuggestion>> OrderChecks::suggest(ProofSearch search, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(search.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto solvers = co_await m_repositories.solvers.all();
    if (!solvers)
        co_return tl::unexpected(std::move(solvers).error());
    const QList<ProofCandidate> candidates = proofCandidates(search, *authority, *solvers);
    co_return co_await tryInTurn(std::move(search), candidates, std::move(stop));
}

Task<Result<ProofSuggestion>> OrderChecks::tryInTurn(ProofSearch search, QList<ProofCandidate> candidates,
                                                     std::stop_token stop)
{
    ProofSuggestion suggestion;
    for (const ProofCandidate& candidate : std::as_const(candidates)) {
        CheckRequest request {search.names, search.authorityId, search.accountId, candidate.proof, {}};
        const challenge::Preflight::Notice nobody;
        auto findings = co_await check(std::move(request), nobody, stop);
        if (!findings)
            co_return tl::unexpected(std::move(findings).error());
        if (auto obstacle = obstacleIn(search.names, *findings)) {
            suggestion.obstacles.append({candidate.proof, *std::move(obstacle)});
        } else {
            suggestion.found = candidate;
            break;
        }
    }
    co_return suggestion;
}

} // namespace lifecycle
