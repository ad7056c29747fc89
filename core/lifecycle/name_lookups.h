// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/name_warnings.h"

#include <stop_token>

namespace lifecycle {

struct Repositories;

/// Finds the names that the DNS does not know, as the authority's resolvers see it, else this machine's.
class NameLookups {
public:
    explicit NameLookups(Repositories& repositories);

    /// A warning for every DNS name that certainly does not exist, or has no address. A resolver that cannot be
    /// reached, refuses or is too slow says nothing, and after it did so several times in a row nobody is asked any
    /// more.
    base::Task<base::Result<QList<NameWarning>>> missing(NameQuestion question, std::stop_token stop);

private:
    Repositories& m_repositories;
};

} // namespace lifecycle
