// SPDX-License-Identifier: Apache-2.0
#include "app/cli/due_renewals.h"

#include "app/cli/session.h"
#include "lifecycle/engine.h"
#include "lifecycle/renewal_scheduler.h"

namespace cli {

using base::Result;
using base::Task;

Task<Result<DueRenewals>> renewWhatIsDue(Session& session)
{
    DueRenewals renewals;
    bool more = true;
    while (more) {
        auto sweep = co_await session.engine().renewals().renewDue(session.stop());
        if (!sweep)
            co_return base::failed(std::move(sweep), u"looking for what is due");
        renewals.failed += sweep->failed;
        auto ended = co_await outcomesOfOrders(session, sweep->placed);
        renewals.outcomes += ended;
        more = !sweep->placed.isEmpty() && !session.isEnding();
    }
    renewals.failed.removeDuplicates(); // what waits for somebody else was met by each look
    co_return renewals;
}

} // namespace cli
