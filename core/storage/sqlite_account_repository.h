// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"

namespace storage {

class Database;

/// The tables account, account_rollover and eab_credential.
class SqliteAccountRepository final : public lifecycle::AccountRepository {
public:
    explicit SqliteAccountRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<QList<lifecycle::Account>>> all() override;
    base::Task<base::Result<lifecycle::Account>> byId(QString id) override;
    base::Task<base::Result<void>> insert(lifecycle::Account account, QByteArray sealedKey) override;
    base::Task<base::Result<void>> update(lifecycle::Account account) override;
    base::Task<base::Result<void>> confirm(lifecycle::Account account) override;
    base::Task<base::Result<void>> remove(QString id) override;
    base::Task<base::Result<QByteArray>> sealedKey(QString id) override;
    base::Task<base::Result<lifecycle::AccountDependents>> dependents(QString id) override;
    base::Task<base::Result<void>> noteUse(QString id, QDateTime at) override;
    base::Task<base::Result<void>> noteRefusal(QString id, base::Error error, QDateTime at) override;

    // sqlite_account_rollover.cpp
    base::Task<base::Result<void>> insertRollover(QString accountId, lifecycle::KeyRollover rollover,
                                                  QByteArray sealedKey) override;
    base::Task<base::Result<QByteArray>> sealedRolloverKey(QString accountId) override;
    base::Task<base::Result<void>> completeRollover(lifecycle::Account account, QByteArray sealedKey) override;
    base::Task<base::Result<void>> abandonRollover(QString accountId) override;

    base::Task<base::Result<QList<lifecycle::EabCredential>>> credentials() override;
    base::Task<base::Result<lifecycle::EabCredential>> credential(QString id) override;
    base::Task<base::Result<lifecycle::EabCredential>> credentialOf(QString authorityId, QString kid) override;
    base::Task<base::Result<void>> insertCredential(lifecycle::EabCredential credential, QByteArray sealedKey) override;
    base::Task<base::Result<void>> insertCredentials(QList<lifecycle::SealedCredential> credentials) override;
    base::Task<base::Result<void>> updateCredential(lifecycle::EabCredential credential) override;
    base::Task<base::Result<void>> settleCredential(QString id, lifecycle::EabCredential::State from,
                                                    lifecycle::EabCredential::State to, QString refusal) override;
    base::Task<base::Result<void>> removeCredential(QString id) override;
    base::Task<base::Result<QByteArray>> sealedCredentialKey(QString id) override;

private:
    Database& m_database;
};

} // namespace storage
