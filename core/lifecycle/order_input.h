// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/managed_certificate.h"

#include <optional>

namespace lifecycle {

struct Authority;

/// The request with its names filled in from its certificate request, where it has one.
///
/// InvalidInput about "names", "csr", "notBefore", "notAfter", "lifetime", "keepKey" or "mustStaple" for what no
/// authority could issue, or what contradicts itself.
base::Result<IssueRequest> checkedInput(IssueRequest request, const QDateTime& now);

/// What `authority` is known to refuse about the request, so that nothing is stored for it; nothing where it may agree.
std::optional<base::Error> refusedBy(const Authority& authority, const IssueRequest& request);

/// What may be asked of an authority, as far as its directory and its kind tell.
struct OrderAbilities {
    bool validity = true; ///< notBefore and notAfter
    bool ocsp = true; ///< it runs a responder, which stapling needs
    bool preauthorization = false; ///< newAuthz
};

OrderAbilities abilitiesOf(const Authority& authority);

} // namespace lifecycle
