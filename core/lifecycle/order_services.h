// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "lifecycle/engine.h"

namespace lifecycle {

class Enroller;
class IssuancePolicies;
class Journal;
class RenewalInquiries;

/// What Orders works with; all of it outlives it.
struct OrderServices {
    Repositories& repositories;
    Accounts& accounts;
    Vault& vault;
    Leases& leases;
    base::Clock& clock;
    challenge::SolverFactory& solvers;
    Enroller& enroller;
    RenewalInquiries& inquiries;
    IssuancePolicies& policies;
    Journal& journal;
    ChangeFeed& feed;
};

} // namespace lifecycle
