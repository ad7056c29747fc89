// SPDX-License-Identifier: Apache-2.0
#include "app/cli/stop_wait.h"

#include "app/cli/session.h"

namespace cli {

base::Task<void> untilStopped(Session& session)
{
    const base::Delivery<bool> stopped;
    const std::stop_callback whenStopped(session.stop(), [stopped] { stopped.deliver(true); });
    co_await stopped;
}

} // namespace cli
