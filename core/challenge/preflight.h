// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/task.h"
#include "challenge/address_view.h"
#include "challenge/finding.h"
#include "challenge/solver.h"
#include "dns/resolver.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace challenge {

/// What is to be checked before an order.
struct PreflightRequest {
    /// What a running order has put in place already and is to be found, instead of an answer of our own.
    struct InPlace {
        QString token;
        Expectation expected;
    };

    QList<base::Identifier> names;
    ProofSettings proof;
    QStringList issuers; ///< the authority's names in CAA records
    SolverContext context; ///< the account that will order
    std::optional<qint64> clockOffsetMs; ///< the authority's clock minus ours; nothing: not known
    QString fromHost; ///< also look from there, by ssh; empty: do not
    quint16 httpPort = 80; ///< where the authority validates http-01; only test servers use another
    quint16 tlsPort = 443; ///< the same for tls-alpn-01
    std::optional<InPlace> inPlace; ///< with one name only
};

/// Who looks at names. Those that are null or empty look as this machine does.
struct PreflightEyes {
    std::shared_ptr<dns::Resolver> authority; ///< a resolver that sees what the authority's do
    std::shared_ptr<AddressView> machine; ///< the programs of this machine
};

/// Looks whether names can be proved, the way the authority will: advisory, changing nothing for long.
///
/// Eight names are looked at a time, however many there are. An answer for a probe is put in place by the solver and
/// taken away again on every path. Lives as long as its runs.
class Preflight {
public:
    /// How one finding after the other is told, in the order in which they are found out.
    using Notice = std::function<void(const Finding&)>;

    Preflight(SolverFactory& solvers, PreflightEyes eyes);

    /// Every finding, also those of a run that was stopped. InvalidInput about "host" for one that ssh must not see.
    base::Task<base::Result<QList<Finding>>> run(PreflightRequest request, Notice notice, std::stop_token stop) const;

private:
    SolverFactory& m_solvers;
    PreflightEyes m_eyes;
};

} // namespace challenge
