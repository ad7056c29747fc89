// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "dns/lookup.h"

#include <stop_token>

namespace dns {

/// Answers what DNS knows about a name.
class Resolver {
public:
    virtual ~Resolver() = default;

    /// Looks one name up, following its CNAME records.
    ///
    /// That a name or a record does not exist is a Lookup. Errors: InvalidInput (no name), Timeout (nobody answered),
    /// Network (no server can be reached, or SERVFAIL: the server could not find out), Rejected (REFUSED and other
    /// refusals), Protocol (no DNS message, or a loop of aliases), Cancelled. They name the server and the code.
    virtual base::Task<base::Result<Lookup>> lookup(QString name, RecordType type, std::stop_token stop) = 0;
};

} // namespace dns
