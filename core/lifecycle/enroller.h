// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "crypto/chain.h"
#include "lifecycle/certificate_key.h"
#include "lifecycle/order_progress.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace challenge {
class Solver;
}

namespace lifecycle {

/// What an enrolment works with. Copies share the progress and the solver.
struct Enrolment {
    std::shared_ptr<OrderProgress> progress;
    std::shared_ptr<challenge::Solver> solver;
    CertificateKey key; ///< the certificate's
    std::stop_token stop;
    bool fresh = false; ///< nothing was ever sent for this order
    QString replaces = {}; ///< what newOrder says it replaces (RFC 9773 section 5); empty: nothing
    QList<crypto::Certificate> issuingRoots = {}; ///< the chain must lead to one of these; empty: to any
    QList<crypto::Certificate> roots = {}; ///< the authority's pinned ones
    bool mayAwaitApproval = false; ///< the authority may refuse finalize until a human has approved
    bool mayListOrders = true; ///< a lost order is looked for in the account's list; false where reading it does harm
};

/// What an enrolment obtained.
struct Enrolled {
    crypto::CertificateChain chain; ///< the chosen one
    QList<OfferedChain> offered; ///< every chain that the authority offers, the default first
    QStringList remarks; ///< what came otherwise than asked for
};

/// What became of one authorization that is no longer wanted.
struct GivenUpAuthorization {
    QString name;
    QString state; ///< in ACME's words: "deactivated", or as it stays
    std::optional<base::Error> error;
};

/// Which authorizations of an order are given up.
struct GivingUp {
    OrderRecord order;
    QStringList keep; ///< names that another running order of the account needs
    bool pendingOnly = false; ///< valid ones stay
};

/// Obtains a certificate by some protocol. ACME is the first one.
class Enroller {
public:
    virtual ~Enroller() = default;

    /// Runs the order, or goes on with it where it was interrupted, until the chain is there and belongs to the key and
    /// the names.
    ///
    /// Errors that end the order for good are told apart by endsOrder(); after any other one it can be resumed. What
    /// was put in place is cleaned up on every path.
    virtual base::Task<base::Result<Enrolled>> enroll(Enrolment enrolment) = 0;
    /// Tells the authority that the names of an ended order need not stay proved, nor go on being proved (RFC 8555
    /// section 7.5.2). An order that never arrived has none.
    virtual base::Task<base::Result<QList<GivenUpAuthorization>>> giveUp(GivingUp what, std::stop_token stop) = 0;
};

/// The field of an error that is about a certificate which is not the one that was ordered.
inline const QString issuedCertificate = QStringLiteral("certificate");

/// Whether an order that met `error` is over: refused, invalid or expired at the authority. After a lost connection, a
/// lost reply or a stop the order is still there.
bool endsOrder(const base::Error& error);
/// Whether what answers at the directory's URL is no directory: of an authority that worked before, a gateway that
/// answers in its place for a while.
bool isAboutDirectory(const base::Error& error);

} // namespace lifecycle
