// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/finding.h"
#include "challenge/preflight.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/proof_suggestion.h"
#include "lifecycle/solver_input.h"

#include <QList>

#include <stop_token>

namespace challenge {
class SolverFactory;
}

namespace lifecycle {

class Orders;
class Solvers;
struct Authority;
struct NameReport;
struct OrderDetails;
struct Repositories;

/// What is to be checked before an order.
struct CheckRequest {
    QList<base::Identifier> names;
    QString authorityId;
    QString accountId; ///< empty: the authority's only valid one
    challenge::ProofSettings proof;
    QString fromHost; ///< also look from there, by ssh; empty: do not
    std::optional<SolverDetails> newSolver = {}; ///< proves in place of a stored one, and is kept nowhere
};

/// Why a name of an order is not proved, in one place.
struct PendingReason {
    /// What is known of this kind of server, as far as it matters for a wait.
    enum class Habit {
        None,
        LeavesFailuresPending, ///< a challenge that failed stays pending for a day, with an error beside it
        WaitsForApproval, ///< a person may approve orders first
    };

    QString name;
    QString challengeType;
    QString state = {}; ///< in ACME's words, as last seen; empty: not begun
    std::optional<base::Error> error = {}; ///< with the authority's own words, where it said some
    QList<challenge::Finding> findings = {}; ///< seen from here
    Habit habit = Habit::None;
    QString serverName = {}; ///< whose habit it is

    /// Everything as one paragraph, in English.
    QString text() const;
};

/// Looks whether names can be proved and why they are not. Advisory: never keeps anybody from ordering.
class OrderChecks {
public:
    /// All of it outlives this object.
    OrderChecks(Repositories& repositories, challenge::SolverFactory& factory, Solvers& solvers, Orders& orders);

    /// Looks at every name as the authority would; keeps nothing. InvalidInput about "host" or about what SolverDetails
    /// calls its members, NotFound for an unknown authority.
    base::Task<base::Result<QList<challenge::Finding>>> check(CheckRequest request, challenge::Preflight::Notice notice,
                                                              std::stop_token stop);
    /// Tries proofCandidates() one after the other, until one works for all names.
    base::Task<base::Result<ProofSuggestion>> suggest(ProofSearch search, std::stop_token stop);
    /// Why the names of an order are not proved: those that are not valid, or the one given, as it was ordered or as
    /// the authority writes it. Of many the first eight.
    base::Task<base::Result<QList<PendingReason>>> why(QString orderId, QString name, std::stop_token stop);
    /// Who looks at names in place of this machine, from now on.
    void lookAs(std::shared_ptr<challenge::AddressView> machine) { m_machine = std::move(machine); }

private:
    base::Task<base::Result<challenge::PreflightRequest>> preflightFor(CheckRequest request, Authority authority);
    /// The request, which proves with a solver that is not stored.
    base::Task<base::Result<challenge::PreflightRequest>> withNewSolver(challenge::PreflightRequest request,
                                                                        SolverDetails details);
    base::Task<base::Result<QList<challenge::Finding>>> look(challenge::PreflightRequest request, Authority authority,
                                                             challenge::Preflight::Notice notice, std::stop_token stop);
    base::Task<base::Result<ProofSuggestion>> tryInTurn(ProofSearch search, QList<ProofCandidate> candidates,
                                                        std::stop_token stop);
    base::Task<PendingReason> explain(QString name, NameReport report, OrderDetails order, std::stop_token stop);

    Repositories& m_repositories;
    challenge::SolverFactory& m_factory;
    Solvers& m_solvers;
    Orders& m_orders;
    std::shared_ptr<challenge::AddressView> m_machine; ///< null: this machine itself
};

} // namespace lifecycle
