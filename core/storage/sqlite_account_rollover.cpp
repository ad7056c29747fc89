// SPDX-License-Identifier: Apache-2.0
#include "storage/database.h"
#include "storage/sqlite_account_repository.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

const QString noKeyChange = u"the account has no unfinished key change"_s;

Result<void> refuseSecond(Connection& connection, const QString& accountId)
{
    auto known = connection.first(
        u"SELECT account_id FROM account_rollover WHERE account_id = ?"_s, [](Row& row) { return row.text(); },
        accountId);
    if (!known)
        return base::failed(std::move(known).error());
    if (*known)
        return base::failed(base::ErrorCode::AlreadyExists, u"a key change of this account is unfinished"_s);
    return {};
}

Result<void> forget(Connection& connection, const QString& accountId)
{
    return required(connection.run(u"DELETE FROM account_rollover WHERE account_id = ?"_s, accountId), noKeyChange);
}

} // namespace

base::Task<Result<void>> SqliteAccountRepository::insertRollover(QString accountId, lifecycle::KeyRollover rollover,
                                                                 QByteArray sealedKey)
{
    return m_database.run([accountId = std::move(accountId), rollover = std::move(rollover),
                           sealedKey = std::move(sealedKey)](Connection& connection) -> Result<void> {
        if (auto allowed = refuseSecond(connection, accountId); !allowed)
            return allowed;
        return required(connection.run(u"INSERT INTO account_rollover (account_id, new_key_type, new_key_thumbprint, "
                                       "started_at, new_private_key) VALUES (?, ?, ?, ?, ?)"_s,
                                       accountId, crypto::keyTypeName(rollover.keyType), rollover.keyThumbprint,
                                       rollover.startedAt, sealedKey),
                        noKeyChange);
    });
}

base::Task<Result<QByteArray>> SqliteAccountRepository::sealedRolloverKey(QString accountId)
{
    return m_database.read([accountId = std::move(accountId)](Connection& connection) {
        auto sealed = connection.first(
            u"SELECT new_private_key FROM account_rollover WHERE account_id = ?"_s,
            [](Row& row) { return row.bytes(); }, accountId);
        return required(std::move(sealed), noKeyChange);
    });
}

base::Task<Result<void>> SqliteAccountRepository::completeRollover(lifecycle::Account account, QByteArray sealedKey)
{
    return m_database.run(
        [account = std::move(account), sealedKey = std::move(sealedKey)](Connection& connection) -> Result<void> {
            auto stored = required(
                connection.run(u"UPDATE account SET key_type = ?, key_thumbprint = ?, private_key = ? WHERE id = ?"_s,
                               crypto::keyTypeName(account.keyType), account.keyThumbprint, sealedKey, account.id),
                u"there is no such account"_s);
            if (!stored)
                return stored;
            return forget(connection, account.id);
        });
}

base::Task<Result<void>> SqliteAccountRepository::abandonRollover(QString accountId)
{
    return m_database.run(
        [accountId = std::move(accountId)](Connection& connection) { return forget(connection, accountId); });
}

} // namespace storage
