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
                                   Reply<challenge::SolverSettings> reply, QStringList resolvers)
{
    ask<challenge::SolverSettings>(
        [details, name, resolvers](Engine& engine) {
            return engine.solvers().put(details, name, resolvers, engine.scope().stopToken());
        },
        context, std::move(reply));
}

void CertificateManager::addSolver(SolverDetails details, QObject* context, Reply<challenge::SolverSettings> reply)
{
    ask<challenge::SolverSettings>([details](Engine& engine) { return engine.solvers().add(details); }, context,
                                   std::move(reply));
}

void CertificateManager::removeSolver(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.solvers().remove(id); }, context, std::move(reply));
}

void CertificateManager::testSolver(QString id, base::Identifier name, QStringList resolvers, QObject* context,
                                    Reply<QString> reply, std::stop_token stop)
{
    askStoppable<QString>(
        [id, name, resolvers](Engine& engine, std::stop_token token) {
            return engine.solvers().test(id, name, resolvers, token);
        },
        context, std::move(reply), std::move(stop));
}

} // namespace lifecycle
