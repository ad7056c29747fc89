// SPDX-License-Identifier: Apache-2.0
#include "acme/server_traits.h"
#include "dns/record.h"
#include "lifecycle/authority.h"
#include "lifecycle/proof_suggestion.h"

#include <algorithm>
#include <utility>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using challenge::DnsMethod;
using challenge::ProofSettings;
using challenge::SolverSettings;
using Reason = ProofCandidate::Reason;
using KnownSolvers = QList<SolverSettings>;

/// The longest zone of `solver` that the first name it has one for is in.
QString zoneOf(const SolverSettings& solver, const QList<Identifier>& names)
{
    for (const Identifier& name : names) {
        QString longest;
        for (const QString& zone : solver.zones)
            if (zone.size() > longest.size() && dns::isWithin(name.baseName(), zone))
                longest = zone;
        if (!longest.isEmpty())
            return longest;
    }
    return {};
}

/// Those that rules choose, whoever has most of the names first. Each updates what the others have rules for, too.
QList<ProofCandidate> byRule(const QList<Identifier>& names, const KnownSolvers& solvers)
{
    QList<std::pair<qsizetype, const SolverSettings*>> chosen;
    for (const SolverSettings& solver : solvers) {
        const auto count = std::count_if(names.cbegin(), names.cend(), [&](const Identifier& name) {
            return challenge::settingsFor(solvers, name.baseName(), {}) == &solver;
        });
        if (count > 0)
            chosen.append({count, &solver});
    }
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const auto& one, const auto& other) { return one.first > other.first; });
    QList<ProofCandidate> candidates;
    for (const auto& [count, solver] : std::as_const(chosen))
        candidates.append({ProofSettings::dns01(*solver), Reason::Rule, zoneOf(*solver, names)});
    return candidates;
}

QList<ProofCandidate> bySolver(const KnownSolvers& solvers, bool byHand)
{
    QList<ProofCandidate> candidates;
    for (const SolverSettings& solver : solvers)
        if ((solver.method == DnsMethod::ByHand) == byHand)
            candidates.append({ProofSettings::dns01(solver), Reason::Solver});
    return candidates;
}

QList<ProofCandidate> byThisMachine(const ProofSearch& search, const Authority& authority)
{
    const auto address = [&authority](const QString& given, QStringView type) {
        return given.isEmpty() ? usualListenAddress(authority, type) : given;
    };
    QList<ProofCandidate> candidates {
        {ProofSettings::http01Listening(address(search.httpAddress, u"http-01")), Reason::ThisMachine}};
    if (acme::traitsOf(authority.meta.kind).offersTlsAlpn01)
        candidates.append(
            {ProofSettings::tlsAlpn01Listening(address(search.tlsAddress, u"tls-alpn-01")), Reason::ThisMachine});
    return candidates;
}

bool canProve(const ProofSettings& proof, const QList<Identifier>& names)
{
    const bool byRecord = proof.challengeType.startsWith("dns-"_L1);
    return std::none_of(names.cbegin(), names.cend(), [byRecord](const Identifier& name) {
        return byRecord ? name.type() == Identifier::Type::Ip : name.isWildcard();
    });
}

} // namespace

QString usualListenAddress(const Authority& authority, QStringView challengeType)
{
    const bool isHttp = challengeType == u"http-01";
    if (acme::traitsOf(authority.meta.kind).kind == acme::ServerKind::Pebble) // looks at ports of its own
        return isHttp ? u"127.0.0.1:5002"_s : u"127.0.0.1:5001"_s;
    return isHttp ? u"0.0.0.0:80"_s : u"0.0.0.0:443"_s;
}

QList<ProofCandidate> proofCandidates(const ProofSearch& search, const Authority& authority,
                                      const KnownSolvers& solvers)
{
    QList<ProofCandidate> all = byRule(search.names, solvers);
    if (search.usual)
        all.append({*search.usual, Reason::Usual});
    all += bySolver(solvers, false);
    all += byThisMachine(search, authority);
    all += bySolver(solvers, true);
    QList<ProofSettings> seen = search.except;
    QList<ProofCandidate> candidates;
    for (const ProofCandidate& each : std::as_const(all)) {
        if (seen.contains(each.proof) || !canProve(each.proof, search.names))
            continue;
        seen.append(each.proof);
        candidates.append(each);
    }
    return candidates;
}

} // namespace lifecycle
