// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/finding.h"
#include "challenge/proof_settings.h"
#include "lifecycle/managed_certificate.h"

#include <QList>

#include <optional>

namespace lifecycle {

struct Authority;

/// For what a way of proving is looked for. Without anything that somebody would have to type: whatever is empty is
/// filled in with what is usual.
struct ProofSearch {
    QList<base::Identifier> names;
    QString authorityId;
    QString accountId; ///< empty: the authority's only valid one
    std::optional<challenge::ProofSettings> usual = {}; ///< what proved names to this authority the last time
    QString httpAddress = {}; ///< "ADDR:PORT" that http-01 is answered at on this machine
    QString tlsAddress = {}; ///< the same for tls-alpn-01
    QList<challenge::ProofSettings> except = {}; ///< known not to work

    friend bool operator==(const ProofSearch&, const ProofSearch&) = default;
};

/// A way that may prove the names, and why it is thought of.
struct ProofCandidate {
    enum class Reason {
        Rule, ///< a solver's zones say that names in them are always proved with it
        Usual, ///< it was used with this authority the last time
        Solver, ///< a solver that is set up
        ThisMachine, ///< the responder of this machine needs nothing to be set up
    };

    challenge::ProofSettings proof;
    Reason reason = Reason::ThisMachine;
    QString zone = {}; ///< Rule: the one that the first name is in

    friend bool operator==(const ProofCandidate&, const ProofCandidate&) = default;
};

/// A way that was tried and does not work, and the finding that says why.
struct ProofObstacle {
    challenge::ProofSettings proof;
    challenge::Finding finding;
};

/// What a search ended with.
struct ProofSuggestion {
    std::optional<ProofCandidate> found; ///< nothing: none that can be tried works
    QList<ProofObstacle> obstacles; ///< of those tried before it, in that order
};

/// The address that answers over http-01 or tls-alpn-01 are usually given at for the authority's look.
QString usualListenAddress(const Authority& authority, QStringView challengeType);

/// The ways that can be tried, the likeliest first: solvers whose zones the names are in, what was used the last time,
/// the other solvers that need no hands, http-01 and tls-alpn-01 on this machine, and what is done by hand. None that
/// cannot prove one of the names whatever happens: IP addresses have no DNS records, wildcards no server. tls-alpn-01
/// only where the authority is known to offer it.
QList<ProofCandidate> proofCandidates(const ProofSearch& search, const Authority& authority,
                                      const QList<challenge::SolverSettings>& solvers);

/// What keeps a way from working, by what a check of it found: the worst about an answer, else whatever is bad. Nothing
/// where it works: an answer can be put in place for every name, and nothing is bad.
std::optional<challenge::Finding> obstacleIn(const QList<base::Identifier>& names,
                                             const QList<challenge::Finding>& findings);

} // namespace lifecycle
