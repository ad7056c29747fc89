// SPDX-License-Identifier: Apache-2.0
#include "storage/credential_rows.h"

#include <QUuid>

namespace storage {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::EabCredential;

const QString missingCredential = u"there is no such EAB credential"_s;
const QString credentialSelection =
    u"SELECT c.id, c.authority_id, c.kid, c.algorithm, c.label, c.owner, h.name, c.contacts, c.state, c.account_id, "
    "c.refusal, c.expires_at, c.bound_at, c.created_at FROM eab_credential c LEFT JOIN host h ON h.id = c.host_id"_s;

namespace {

Result<void> refuseKnownKid(Connection& connection, const EabCredential& credential)
{
    auto known = connection.first(
        u"SELECT id FROM eab_credential WHERE authority_id = ? AND kid = ? AND id <> ?"_s,
        [](Row& row) { return row.text(); }, credential.authorityId, credential.kid, credential.id);
    if (!known)
        return base::failed(std::move(known).error());
    if (*known)
        return base::failed(
            base::Error(base::ErrorCode::AlreadyExists,
                        u"the authority has a credential with the key identifier \"%1\" already"_s.arg(credential.kid))
                .about(u"kid"_s));
    return {};
}

/// The id of the host of that name, which is added where there is none; empty for an empty name.
Result<QString> hostIdFor(Connection& connection, const QString& name, const QDateTime& now)
{
    if (name.isEmpty())
        return QString();
    const QString key = name.normalized(QString::NormalizationForm_KC).toCaseFolded();
    auto known = connection.first(
        u"SELECT id FROM host WHERE name_key = ?"_s, [](Row& row) { return row.text(); }, key);
    if (!known)
        return base::failed(std::move(known).error());
    if (*known)
        return **known;
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto inserted = connection.run(u"INSERT INTO host (id, name, name_key, ssh_alias, endpoints, allowed_names, "
                                   "created_at) VALUES (?, ?, ?, '', '[]', '[]', ?)"_s,
                                   id, name, key, now);
    if (!inserted)
        return base::failed(std::move(inserted).error());
    return id;
}

} // namespace

EabCredential credentialFrom(Row& row)
{
    EabCredential credential;
    credential.id = row.text();
    credential.authorityId = row.text();
    credential.kid = row.text();
    credential.algorithm = row.text();
    credential.label = row.text();
    credential.owner = row.text();
    credential.host = row.text();
    credential.contacts = row.texts();
    credential.state = lifecycle::eabStateFromName(row.text());
    credential.accountId = row.text();
    credential.refusal = row.text();
    credential.expiresAt = row.time();
    credential.boundAt = row.time();
    credential.createdAt = row.time();
    return credential;
}

Result<void> insertCredentialRow(Connection& connection, const EabCredential& credential, const QByteArray& sealedKey)
{
    if (auto allowed = refuseKnownKid(connection, credential); !allowed)
        return allowed;
    auto hostId = hostIdFor(connection, credential.host, credential.createdAt);
    if (!hostId)
        return base::failed(std::move(hostId).error());
    return required(
        connection.run(
            u"INSERT INTO eab_credential (id, authority_id, kid, algorithm, label, owner, host_id, contacts, "
            "state, account_id, refusal, expires_at, bound_at, created_at, hmac_key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            credential.id, credential.authorityId, credential.kid, credential.algorithm, credential.label,
            credential.owner, orNull(*hostId), credential.contacts, lifecycle::eabStateName(credential.state),
            orNull(credential.accountId), credential.refusal, credential.expiresAt, credential.boundAt,
            credential.createdAt, sealedKey),
        missingCredential);
}

Result<void> updateCredentialRow(Connection& connection, const EabCredential& credential)
{
    auto hostId = hostIdFor(connection, credential.host, QDateTime::currentDateTimeUtc());
    if (!hostId)
        return base::failed(std::move(hostId).error());
    return required(connection.run(u"UPDATE eab_credential SET label = ?, owner = ?, host_id = ?, contacts = ?, "
                                   "expires_at = ? WHERE id = ?"_s,
                                   credential.label, credential.owner, orNull(*hostId), credential.contacts,
                                   credential.expiresAt, credential.id),
                    missingCredential);
}

Result<void> reserveCredential(Connection& connection, const lifecycle::Account& account)
{
    if (account.eabCredentialId.isEmpty())
        return {};
    auto reserved = connection.run(u"UPDATE eab_credential SET state = ?, account_id = ? WHERE id = ? AND state = ?"_s,
                                   lifecycle::eabStateName(EabCredential::State::Reserved), account.id,
                                   account.eabCredentialId, lifecycle::eabStateName(EabCredential::State::Unused));
    if (!reserved)
        return base::failed(std::move(reserved).error());
    if (*reserved > 0)
        return {};
    auto known = connection.first(
        u"SELECT id FROM eab_credential WHERE id = ?"_s, [](Row& row) { return row.text(); }, account.eabCredentialId);
    auto there = required(std::move(known), missingCredential);
    if (!there)
        return base::failed(std::move(there).error());
    return base::invalid(u"eab"_s, u"another registration has this credential by now"_s);
}

} // namespace storage
