// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "challenge/solver.h"
#include "lifecycle/enroller.h"
#include "lifecycle/lease.h"

#include <QList>

#include <memory>
#include <optional>
#include <stop_token>

namespace lifecycle {

/// An order that this process runs, with what it holds while it does.
struct OrderRun {
    std::shared_ptr<OrderProgress> progress;
    std::shared_ptr<challenge::Solver> solver;
    std::optional<CertificateKey> key;
    std::optional<Enrolled> enrolled; ///< once obtained
    std::shared_ptr<HeldLease> orderLease;
    std::shared_ptr<HeldLease> addressLease; ///< null until the listen address is ours
    std::stop_source stop;
    bool fresh = false;
    bool prepared = false; ///< the solver has found, in this run, that it can put answers in place
    bool cancelled = false; ///< the operator wants it to end for good
    /// What a run before left to a person; told once this one has no more use for it.
    QList<challenge::Leftover> leftovers;
    QList<base::Delivery<bool>> waiting;
};

} // namespace lifecycle
