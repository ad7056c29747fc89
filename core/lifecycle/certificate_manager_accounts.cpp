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

void CertificateManager::findAccount(QString id, QObject* context, Reply<Account> reply)
{
    ask<Account>([id](Engine& engine) { return engine.accounts().findByKey(id, engine.scope().stopToken()); }, context,
                 std::move(reply));
}

void CertificateManager::updateAccountContacts(QString id, QStringList contacts, QObject* context, Reply<Account> reply,
                                               std::stop_token stop)
{
    askStoppable<Account>(
        [id, contacts](Engine& engine, std::stop_token token) {
            return engine.accounts().updateContacts(id, contacts, token);
        },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::agreeToTerms(QString id, QUrl read, QObject* context, Reply<Account> reply)
{
    ask<Account>(
        [id, read](Engine& engine) { return engine.accounts().agreeToTerms(id, read, engine.scope().stopToken()); },
        context, std::move(reply));
}

void CertificateManager::rollOverAccountKey(QString id, std::optional<crypto::KeyType> type, RolloverNotice step,
                                            QObject* context, Reply<Account> reply, std::stop_token stop)
{
    const auto tell = [manager = QPointer<QObject>(this), asked = QPointer<QObject>(context),
                       step](RolloverStep reached) {
        if (!manager)
            return;
        auto told = [asked, step, reached] {
            if (asked)
                step(reached);
        };
        QMetaObject::invokeMethod(manager.data(), told, Qt::QueuedConnection);
    };
    askStoppable<Account>(
        [id, type, tell](Engine& engine, std::stop_token token) {
            return engine.accountKeys().rollOver(id, type, tell, token);
        },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::abandonRollover(QString id, QObject* context, Reply<Account> reply, std::stop_token stop)
{
    askStoppable<Account>(
        [id](Engine& engine, std::stop_token token) { return engine.accountKeys().abandonRollover(id, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::deactivateAccount(QString id, QObject* context, Reply<Account> reply)
{
    ask<Account>([id](Engine& engine) { return engine.accounts().deactivate(id, engine.scope().stopToken()); }, context,
                 std::move(reply));
}

void CertificateManager::accountDependents(QString id, QObject* context, Reply<AccountDependents> reply)
{
    ask<AccountDependents>([id](Engine& engine) { return engine.accounts().dependents(id); }, context,
                           std::move(reply));
}

void CertificateManager::accountOrders(QString id, AccountOrderCursor from, QObject* context,
                                       Reply<AccountOrderPage> reply, std::stop_token stop)
{
    askStoppable<AccountOrderPage>(
        [id, from](Engine& engine, std::stop_token token) { return engine.accounts().orders(id, from, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::lookForAccounts(AccountImport wanted, QObject* context, Reply<QList<ImportedAccount>> reply)
{
    ask<QList<ImportedAccount>>([wanted](Engine& engine) { return engine.accountImports().look(wanted); }, context,
                                std::move(reply));
}

void CertificateManager::importAccounts(AccountImport wanted, QObject* context, Reply<QList<ImportedAccount>> reply,
                                        std::stop_token stop)
{
    askStoppable<QList<ImportedAccount>>(
        [wanted](Engine& engine, std::stop_token token) { return engine.accountImports().import(wanted, token); },
        context, std::move(reply), std::move(stop));
}

} // namespace lifecycle
