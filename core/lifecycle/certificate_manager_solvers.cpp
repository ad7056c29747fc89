// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/solvers.h"

namespace lifecycle {

void CertificateManager::solvers(QObject* context, Reply<QList<challenge::SolverSettings>> reply)
{
    ask<QList<challenge::SolverSettings>>([](Engine& engine) { return engine.solvers().list(); }, context,
                                          std::move(reply));
}

void CertificateManager::putSolver(SolverDetails details, base::Identifier name, QObject* context,
                                   Reply<challenge::SolverSettings> reply)
{
    ask<challenge::SolverSettings>(
        [details, name](Engine& engine) { return engine.solvers().put(details, name, engine.scope().stopToken()); },
        context, std::move(reply));
}

} // namespace lifecycle
