// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/accounts.h"
#include "lifecycle/certificate_manager_private.h"

namespace lifecycle {

void CertificateManager::accounts(QObject* context, Reply<QList<Account>> reply)
{
    ask<QList<Account>>([](Engine& engine) { return engine.accounts().all(); }, context, std::move(reply));
}

void CertificateManager::registerAccount(AccountDetails details, QObject* context, Reply<Account> reply,
                                         std::stop_token stop)
{
    askStoppable<Account>(
        [details](Engine& engine, std::stop_token token) { return engine.accounts().registerAccount(details, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::resumeAccount(QString id, QObject* context, Reply<Account> reply)
{
    ask<Account>([id](Engine& engine) { return engine.accounts().resume(id, engine.scope().stopToken()); }, context,
                 std::move(reply));
}

void CertificateManager::credentials(QObject* context, Reply<QList<EabCredential>> reply)
{
    ask<QList<EabCredential>>([](Engine& engine) { return engine.accounts().credentials(); }, context,
                              std::move(reply));
}

void CertificateManager::addCredential(EabDetails details, QObject* context, Reply<EabAdded> reply)
{
    ask<EabAdded>([details](Engine& engine) { return engine.accounts().addCredential(details); }, context,
                  std::move(reply));
}

void CertificateManager::removeCredential(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.accounts().removeCredential(id); }, context, std::move(reply));
}

} // namespace lifecycle
