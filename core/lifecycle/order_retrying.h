// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/order_record.h"

namespace lifecycle {

/// What became of the names of an order.
struct NameOutcomes {
    QList<base::Identifier> proved;
    QList<base::Identifier> failed; ///< refused, each by itself
    QList<base::Identifier> open; ///< the order ended before the authority said anything about them
};

/// Read from what happened; `events` are all of the order's.
NameOutcomes nameOutcomes(const OrderRecord& order, const QList<OrderEvent>& events);

/// Which names of an order that failed are ordered again.
enum class RetriedNames {
    /// All: the same certificate. What is proved stays proved at the authority for as long as it keeps authorizations
    /// (RFC 8555 section 7.1.4), so that only the names that failed are challenged again.
    All,
    Failed, ///< those that failed, in a certificate of their own
    WithoutFailed, ///< the others, in a certificate of their own
};

/// The request for the order that tries again. All keeps the managed certificate; a part of the names gets a new one,
/// since a certificate renews for the names that it has.
///
/// InvalidInput about "order" where the order has not ended without a certificate, about "names" where no name failed
/// by itself or none is left, about "csr" where a certificate request fixes the names.
base::Result<IssueRequest> retryRequest(const OrderRecord& order, const QList<OrderEvent>& events, RetriedNames which);

} // namespace lifecycle
