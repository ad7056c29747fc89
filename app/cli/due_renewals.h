// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/order_outcome.h"

#include <QStringList>

namespace cli {

/// What became of everything that was due.
struct DueRenewals {
    QList<OrderOutcome> outcomes;
    QStringList failed; ///< one line for each certificate whose order could not be placed
};

/// Renews what is due, as many at once as one look places, until nothing is due any more or the session ends.
base::Task<base::Result<DueRenewals>> renewWhatIsDue(Session& session);

} // namespace cli
