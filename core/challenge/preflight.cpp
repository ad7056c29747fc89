// SPDX-License-Identifier: Apache-2.0
#include "challenge/preflight.h"

#include "challenge/host_view.h"
#include "challenge/preflight_run.h"

namespace challenge {

using base::Result;
using base::Task;

Preflight::Preflight(SolverFactory& solvers, PreflightEyes eyes)
    : m_solvers(solvers)
    , m_eyes(std::move(eyes))
{
}

Task<Result<QList<Finding>>> Preflight::run(PreflightRequest request, Notice notice, std::stop_token stop) const
{
    if (!request.fromHost.isEmpty())
        if (auto usable = HostView::check(request.fromHost); !usable)
            co_return tl::unexpected(std::move(usable).error());
    auto solver = m_solvers.make(request.proof, request.context);
    PreflightRun run(std::move(request), std::move(notice), m_eyes, m_solvers.sshConfiguration(), std::move(stop));
    auto findings = co_await run.all(std::move(solver));
    co_return findings;
}

} // namespace challenge
