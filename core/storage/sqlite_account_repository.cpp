// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_account_repository.h"

#include "storage/credential_rows.h"
#include "storage/database.h"
#include "storage/no_such_row.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::Account;
using lifecycle::AccountDependents;
using lifecycle::EabCredential;

const QString accountSelection =
    u"SELECT id, authority_id, contacts, key_type, key_thumbprint, url, status, eab_credential_id, terms_agreed, "
    "created_at, last_used_at, terms_url, terms_agreed_at, refusal, refused_at, "
    "(SELECT COUNT(*) FROM certificate WHERE certificate.account_id = account.id), "
    "new_key_type, new_key_thumbprint, started_at "
    "FROM account LEFT JOIN account_rollover ON account_rollover.account_id = account.id"_s;

Result<std::optional<lifecycle::KeyRollover>> rolloverFrom(Row& row)
{
    const QString keyTypeName = row.text();
    if (keyTypeName.isEmpty())
        return std::nullopt;
    auto keyType = crypto::keyTypeFromName(keyTypeName);
    if (!keyType)
        return base::failed(std::move(keyType), u"reading an unfinished key change");
    const QString thumbprint = row.text();
    return lifecycle::KeyRollover {*keyType, thumbprint, row.time()};
}

Result<Account> accountFrom(Row& row)
{
    Account account;
    account.id = row.text();
    account.authorityId = row.text();
    account.contacts = row.texts();
    auto keyType = crypto::keyTypeFromName(row.text());
    if (!keyType)
        return base::failed(std::move(keyType), u"reading an account");
    account.keyType = *keyType;
    account.keyThumbprint = row.text();
    account.url = row.url();
    account.status = lifecycle::accountStatusFromName(row.text());
    account.eabCredentialId = row.text();
    account.termsAgreed = row.flag();
    account.createdAt = row.time();
    account.lastUsedAt = row.time();
    account.termsUrl = row.url();
    account.termsAgreedAt = row.time();
    account.refusal = row.error();
    account.refusedAt = row.time();
    account.certificates = row.integer();
    auto rollover = rolloverFrom(row);
    if (!rollover)
        return base::failed(std::move(rollover).error());
    account.rollover = *std::move(rollover);
    return account;
}

Result<void> insertAccount(Connection& connection, const Account& account, const QByteArray& sealedKey)
{
    return required(
        connection.run(u"INSERT INTO account (id, authority_id, contacts, key_type, key_thumbprint, url, status, "
                       "eab_credential_id, terms_agreed, created_at, last_used_at, terms_url, terms_agreed_at, "
                       "private_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                       account.id, account.authorityId, account.contacts, crypto::keyTypeName(account.keyType),
                       account.keyThumbprint, account.url, lifecycle::accountStatusName(account.status),
                       orNull(account.eabCredentialId), account.termsAgreed, account.createdAt, account.lastUsedAt,
                       account.termsUrl, account.termsAgreedAt, sealedKey),
        noSuchAccount);
}

// The key is changed by completeRollover() alone: whoever read the account before a rollover cannot undo it.
Result<void> updateAccount(Connection& connection, const Account& account)
{
    return required(connection.run(u"UPDATE account SET contacts = ?, url = ?, status = ?, "
                                   "eab_credential_id = ?, terms_agreed = ?, last_used_at = ?, terms_url = ?, "
                                   "terms_agreed_at = ? WHERE id = ?"_s,
                                   account.contacts, account.url, lifecycle::accountStatusName(account.status),
                                   orNull(account.eabCredentialId), account.termsAgreed, account.lastUsedAt,
                                   account.termsUrl, account.termsAgreedAt, account.id),
                    noSuchAccount);
}

/// Does nothing for an account without a credential.
Result<void> bindCredential(Connection& connection, const Account& account)
{
    if (account.eabCredentialId.isEmpty())
        return {};
    const QDateTime boundAt = account.lastUsedAt.isValid() ? account.lastUsedAt : account.createdAt;
    return required(connection.run(u"UPDATE eab_credential SET state = ?, account_id = ?, bound_at = ? WHERE id = ?"_s,
                                   lifecycle::eabStateName(EabCredential::State::Bound), account.id, boundAt,
                                   account.eabCredentialId),
                    missingCredential);
}

Result<QByteArray> sealedBytes(Connection& connection, const QString& sql, const QString& id, const QString& absence)
{
    auto sealed = connection.first(
        sql, [](Row& row) { return row.bytes(); }, id);
    return required(std::move(sealed), absence);
}

} // namespace

base::Task<Result<QList<Account>>> SqliteAccountRepository::all()
{
    return m_database.read([](Connection& connection) {
        return connection.list(accountSelection + u" ORDER BY created_at, id"_s, accountFrom);
    });
}

base::Task<Result<Account>> SqliteAccountRepository::byId(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        return required(connection.first(accountSelection + u" WHERE id = ?"_s, accountFrom, id), noSuchAccount);
    });
}

base::Task<Result<void>> SqliteAccountRepository::insert(Account account, QByteArray sealedKey)
{
    return m_database.run(
        [account = std::move(account), sealedKey = std::move(sealedKey)](Connection& connection) -> Result<void> {
            if (auto reserved = reserveCredential(connection, account); !reserved)
                return reserved;
            return insertAccount(connection, account, sealedKey);
        });
}

base::Task<Result<void>> SqliteAccountRepository::update(Account account)
{
    return m_database.run(
        [account = std::move(account)](Connection& connection) { return updateAccount(connection, account); });
}

base::Task<Result<void>> SqliteAccountRepository::confirm(Account account)
{
    return m_database.run([account = std::move(account)](Connection& connection) -> Result<void> {
        if (auto bound = bindCredential(connection, account); !bound)
            return bound;
        return updateAccount(connection, account);
    });
}

base::Task<Result<void>> SqliteAccountRepository::remove(QString id)
{
    return m_database.run([id = std::move(id)](Connection& connection) -> Result<void> {
        auto released = connection.run(u"UPDATE eab_credential SET state = ?, account_id = NULL "
                                       "WHERE account_id = ? AND state = ?"_s,
                                       lifecycle::eabStateName(EabCredential::State::Unused), id,
                                       lifecycle::eabStateName(EabCredential::State::Reserved));
        if (!released)
            return base::failed(std::move(released).error());
        return required(connection.run(u"DELETE FROM account WHERE id = ?"_s, id), noSuchAccount);
    });
}

base::Task<Result<QByteArray>> SqliteAccountRepository::sealedKey(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        return sealedBytes(connection, u"SELECT private_key FROM account WHERE id = ?"_s, id, noSuchAccount);
    });
}

base::Task<Result<AccountDependents>> SqliteAccountRepository::dependents(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) -> Result<AccountDependents> {
        const auto text = [](Row& row) { return row.text(); };
        auto count = connection.first(
            u"SELECT COUNT(*) FROM certificate WHERE account_id = ?"_s, [](Row& row) { return row.integer(); }, id);
        auto names = connection.list(
            u"SELECT names FROM certificate WHERE account_id = ? ORDER BY sort_name, id LIMIT 100"_s,
            [](Row& row) { return row.texts().join(u", "_s); }, id);
        auto orders = connection.list(
            u"SELECT id FROM certificate_order WHERE finished = 0 AND account_id = ? ORDER BY created_at, id"_s, text,
            id);
        auto hosts = connection.list(u"SELECT name FROM host WHERE account_id = ? ORDER BY name_key"_s, text, id);
        if (!count)
            return base::failed(std::move(count).error());
        if (!names)
            return base::failed(std::move(names).error());
        if (!orders)
            return base::failed(std::move(orders).error());
        if (!hosts)
            return base::failed(std::move(hosts).error());
        return AccountDependents {*std::move(names), count->value_or(0), *std::move(orders), *std::move(hosts)};
    });
}

base::Task<Result<void>> SqliteAccountRepository::noteUse(QString id, QDateTime at)
{
    return m_database.run([id = std::move(id), at](Connection& connection) {
        return required(connection.run(u"UPDATE account SET last_used_at = ? WHERE id = ?"_s, at, id), noSuchAccount);
    });
}

base::Task<Result<void>> SqliteAccountRepository::noteRefusal(QString id, base::Error error, QDateTime at)
{
    return m_database.run([id = std::move(id), error = std::make_optional(std::move(error)),
                           at](Connection& connection) {
        return required(connection.run(u"UPDATE account SET refusal = ?, refused_at = ? WHERE id = ?"_s, error, at, id),
                        noSuchAccount);
    });
}

base::Task<Result<QList<EabCredential>>> SqliteAccountRepository::credentials()
{
    return m_database.read([](Connection& connection) {
        return connection.list(credentialSelection + u" ORDER BY c.created_at, c.kid, c.id"_s, credentialFrom);
    });
}

base::Task<Result<EabCredential>> SqliteAccountRepository::credential(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        return required(connection.first(credentialSelection + u" WHERE c.id = ?"_s, credentialFrom, id),
                        missingCredential);
    });
}

base::Task<Result<EabCredential>> SqliteAccountRepository::credentialOf(QString authorityId, QString kid)
{
    return m_database.read([authorityId = std::move(authorityId), kid = std::move(kid)](Connection& connection) {
        return required(connection.first(credentialSelection + u" WHERE c.authority_id = ? AND c.kid = ?"_s,
                                         credentialFrom, authorityId, kid),
                        missingCredential);
    });
}

base::Task<Result<void>> SqliteAccountRepository::insertCredential(EabCredential credential, QByteArray sealedKey)
{
    return insertCredentials({{std::move(credential), std::move(sealedKey)}});
}

base::Task<Result<void>> SqliteAccountRepository::insertCredentials(QList<lifecycle::SealedCredential> credentials)
{
    return m_database.run([credentials = std::move(credentials)](Connection& connection) -> Result<void> {
        for (const lifecycle::SealedCredential& each : credentials)
            if (auto inserted = insertCredentialRow(connection, each.credential, each.sealedKey); !inserted)
                return inserted;
        return {};
    });
}

base::Task<Result<void>> SqliteAccountRepository::updateCredential(EabCredential credential)
{
    return m_database.run([credential = std::move(credential)](Connection& connection) {
        return updateCredentialRow(connection, credential);
    });
}

base::Task<Result<void>> SqliteAccountRepository::settleCredential(QString id, EabCredential::State from,
                                                                   EabCredential::State to, QString refusal)
{
    return m_database.run([id = std::move(id), from, to, refusal = std::move(refusal)](Connection& connection) {
        return required(
            connection.run(u"UPDATE eab_credential SET state = ?, refusal = ?, account_id = NULL, bound_at = NULL "
                           "WHERE id = ? AND state = ?"_s,
                           lifecycle::eabStateName(to), refusal, id, lifecycle::eabStateName(from)),
            u"the credential is no longer as it was read"_s);
    });
}

base::Task<Result<void>> SqliteAccountRepository::removeCredential(QString id)
{
    return m_database.run([id = std::move(id)](Connection& connection) {
        return required(connection.run(u"DELETE FROM eab_credential WHERE id = ?"_s, id), missingCredential);
    });
}

base::Task<Result<QByteArray>> SqliteAccountRepository::sealedCredentialKey(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        return sealedBytes(connection, u"SELECT hmac_key FROM eab_credential WHERE id = ?"_s, id, missingCredential);
    });
}

} // namespace storage
