// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "challenge/dns_provider.h"
#include "challenge/solver_store.h"

#include <memory>

namespace challenge {

/// Makes the provider that named settings describe.
class DnsProviders {
public:
    /// Both outlive this object and what it makes.
    DnsProviders(SolverStore& store, const base::Clock& clock);

    /// The error of a vault that is locked, or of settings that make no sense.
    base::Task<base::Result<std::shared_ptr<DnsProvider>>> make(SolverSettings settings) const;

private:
    base::Task<base::Result<std::shared_ptr<DnsProvider>>> makeRfc2136(SolverSettings settings) const;
    base::Task<base::Result<std::shared_ptr<DnsProvider>>> makeLexicon(SolverSettings settings) const;

    SolverStore& m_store;
    const base::Clock& m_clock;
};

} // namespace challenge
