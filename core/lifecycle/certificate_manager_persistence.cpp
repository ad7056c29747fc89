// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/persist_records.h"

namespace lifecycle {

using Records = QList<PersistRecord>;

void CertificateManager::makePersistRecords(PersistWish wish, QObject* context, Reply<Records> reply,
                                            std::stop_token stop)
{
    askStoppable<Records>(
        [wish](Engine& engine, std::stop_token token) { return engine.persistRecords().make(wish, token); }, context,
        std::move(reply), std::move(stop));
}

void CertificateManager::checkPersistRecords(Records records, QObject* context, Reply<Records> reply,
                                             std::stop_token stop)
{
    askStoppable<Records>(
        [records](Engine& engine, std::stop_token token) { return engine.persistRecords().check(records, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::placePersistRecords(Records records, QString solverId, QObject* context, Reply<Records> reply,
                                             std::stop_token stop)
{
    const auto work = [records, solverId](Engine& engine, std::stop_token token) {
        return engine.persistRecords().putInPlace(records, solverId, token);
    };
    askStoppable<Records>(work, context, std::move(reply), std::move(stop));
}

void CertificateManager::watchPersistRecords(Records records, QObject* context, Reply<Records> reply)
{
    ask<Records>([records](Engine& engine) { return engine.persistRecords().watch(records); }, context,
                 std::move(reply));
}

void CertificateManager::watchedPersistRecords(QObject* context, Reply<Records> reply)
{
    ask<Records>([](Engine& engine) { return engine.persistRecords().watched(); }, context, std::move(reply));
}

void CertificateManager::forgetPersistRecord(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.persistRecords().forget(id); }, context, std::move(reply));
}

void CertificateManager::removePersistRecords(QStringList ids, QString solverId, QObject* context, Reply<void> reply,
                                              std::stop_token stop)
{
    const auto work = [ids, solverId](Engine& engine, std::stop_token token) {
        return engine.persistRecords().removeFromDns(ids, solverId, token);
    };
    askStoppable<void>(work, context, std::move(reply), std::move(stop));
}

} // namespace lifecycle
