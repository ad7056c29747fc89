// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_authority_repository.h"

#include "storage/database.h"
#include "storage/no_such_row.h"

#include <QJsonArray>

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using lifecycle::Authority;
using lifecycle::AuthorityMeta;

const QString authoritySelection =
    u"SELECT id, name, directory_url, roots_pem, proxy, resolvers, meta, checked_at, created_at, "
    "issuing_roots_pem, proxy_credentials FROM authority"_s;
QJsonObject metaJson(const AuthorityMeta& meta)
{
    QJsonObject profiles;
    for (auto profile = meta.profiles.begin(); profile != meta.profiles.end(); ++profile)
        profiles[profile.key()] = profile.value();
    return {
        {u"termsOfService"_s, meta.termsOfService.toString(QUrl::FullyEncoded)},
        {u"website"_s, meta.website.toString(QUrl::FullyEncoded)},
        {u"caaIdentities"_s, QJsonArray::fromStringList(meta.caaIdentities)},
        {u"externalAccountRequired"_s, meta.externalAccountRequired},
        {u"renewalInfo"_s, meta.renewalInfo},
        {u"preauthorization"_s, meta.preauthorization},
        {u"profiles"_s, profiles},
        {u"accountHashPrefix"_s, meta.accountHashPrefix},
        {u"issuerDomainNames"_s, QJsonArray::fromStringList(meta.issuerDomainNames)},
        {u"kind"_s, meta.kind},
    };
}

AuthorityMeta metaFrom(const QJsonObject& json)
{
    AuthorityMeta meta;
    meta.termsOfService = QUrl(json[u"termsOfService"_s].toString());
    meta.website = QUrl(json[u"website"_s].toString());
    for (const QJsonValue& identity : json[u"caaIdentities"_s].toArray())
        meta.caaIdentities.append(identity.toString());
    meta.externalAccountRequired = json[u"externalAccountRequired"_s].toBool();
    meta.renewalInfo = json[u"renewalInfo"_s].toBool();
    meta.preauthorization = json[u"preauthorization"_s].toBool();
    const QJsonObject profiles = json[u"profiles"_s].toObject();
    for (auto profile = profiles.begin(); profile != profiles.end(); ++profile)
        meta.profiles[profile.key()] = profile.value().toString();
    meta.accountHashPrefix = json[u"accountHashPrefix"_s].toString();
    for (const QJsonValue& name : json[u"issuerDomainNames"_s].toArray())
        meta.issuerDomainNames.append(name.toString());
    meta.kind = json[u"kind"_s].toString();
    return meta;
}

Authority authorityFrom(Row& row)
{
    Authority authority;
    authority.id = row.text();
    authority.name = row.text();
    authority.directoryUrl = row.url();
    authority.rootsPem = row.bytes();
    authority.proxy = row.text();
    authority.resolvers = row.texts();
    authority.meta = metaFrom(row.json());
    authority.checkedAt = row.time();
    authority.createdAt = row.time();
    authority.issuingRootsPem = row.bytes();
    authority.proxyCredentials = row.bytes();
    return authority;
}

QString nameKey(const QString& name)
{
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

Result<void> refuseTakenName(Connection& connection, const Authority& authority)
{
    auto taken = connection.first(
        u"SELECT name FROM authority WHERE name_key = ? AND id <> ?"_s, [](Row& row) { return row.text(); },
        nameKey(authority.name), authority.id);
    if (!taken)
        return base::failed(std::move(taken).error());
    if (*taken)
        return base::failed(
            base::Error(ErrorCode::AlreadyExists, u"an authority is called \"%1\" already"_s.arg(**taken))
                .about(u"name"_s));
    return {};
}

Result<void> updateRow(Connection& connection, const Authority& authority)
{
    if (auto allowed = refuseTakenName(connection, authority); !allowed)
        return allowed;
    return required(connection.run(u"UPDATE authority SET name = ?, name_key = ?, directory_url = ?, roots_pem = ?, "
                                   "proxy = ?, resolvers = ?, meta = ?, checked_at = ?, issuing_roots_pem = ?, "
                                   "proxy_credentials = ? WHERE id = ?"_s,
                                   authority.name, nameKey(authority.name), authority.directoryUrl, authority.rootsPem,
                                   authority.proxy, authority.resolvers, metaJson(authority.meta), authority.checkedAt,
                                   authority.issuingRootsPem, orNull(authority.proxyCredentials), authority.id),
                    noSuchAuthority);
}

/// A new key comes in place of both that a rollover had.
Result<void> replaceKey(Connection& connection, const lifecycle::MovedAccount& moved)
{
    auto stored = required(connection.run(u"UPDATE account SET key_thumbprint = ?, private_key = ? WHERE id = ?"_s,
                                          moved.account.keyThumbprint, moved.sealedKey, moved.account.id),
                           noSuchAccount);
    if (!stored)
        return stored;
    return whetherDone(connection.run(u"DELETE FROM account_rollover WHERE account_id = ?"_s, moved.account.id));
}

Result<void> moveAccount(Connection& connection, const lifecycle::MovedAccount& moved)
{
    const lifecycle::Account& account = moved.account;
    auto renamed = required(connection.run(u"UPDATE account SET url = ?, status = ? WHERE id = ?"_s, account.url,
                                           lifecycle::accountStatusName(account.status), account.id),
                            noSuchAuthority);
    return renamed && !moved.sealedKey.isEmpty() ? replaceKey(connection, moved) : renamed;
}

Result<int> countOf(Connection& connection, const QString& sql, const QString& id)
{
    auto count = connection.first(
        sql, [](Row& row) { return row.integer(); }, id);
    return required(std::move(count), noSuchAuthority);
}

Result<void> refuseWhileInUse(Connection& connection, const QString& id)
{
    auto accounts = countOf(connection, u"SELECT COUNT(*) FROM account WHERE authority_id = ?"_s, id);
    if (!accounts)
        return base::failed(std::move(accounts).error());
    auto certificates = countOf(connection, u"SELECT COUNT(*) FROM certificate WHERE authority_id = ?"_s, id);
    if (!certificates)
        return base::failed(std::move(certificates).error());
    if (*accounts + *certificates == 0)
        return {};
    const auto counted = [](int count, const QString& noun) {
        return u"%1 %2%3"_s.arg(count).arg(noun, count == 1 ? u""_s : u"s"_s);
    };
    return base::failed(ErrorCode::Busy,
                        u"%1 and %2 still belong to this authority"_s.arg(counted(*accounts, u"account"_s),
                                                                          counted(*certificates, u"certificate"_s)));
}

} // namespace

base::Task<Result<QList<Authority>>> SqliteAuthorityRepository::all()
{
    return m_database.read([](Connection& connection) {
        return connection.list(authoritySelection + u" ORDER BY name_key"_s, authorityFrom);
    });
}

base::Task<Result<Authority>> SqliteAuthorityRepository::byId(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        return required(connection.first(authoritySelection + u" WHERE id = ?"_s, authorityFrom, id), noSuchAuthority);
    });
}

base::Task<Result<void>> SqliteAuthorityRepository::insert(Authority authority)
{
    return m_database.run([authority = std::move(authority)](Connection& connection) -> Result<void> {
        if (auto allowed = refuseTakenName(connection, authority); !allowed)
            return allowed;
        return required(
            connection.run(u"INSERT INTO authority (id, name, name_key, directory_url, roots_pem, proxy, resolvers, "
                           "meta, checked_at, created_at, issuing_roots_pem, proxy_credentials) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                           authority.id, authority.name, nameKey(authority.name), authority.directoryUrl,
                           authority.rootsPem, authority.proxy, authority.resolvers, metaJson(authority.meta),
                           authority.checkedAt, authority.createdAt, authority.issuingRootsPem,
                           orNull(authority.proxyCredentials)),
            noSuchAuthority);
    });
}

base::Task<Result<void>> SqliteAuthorityRepository::update(Authority authority)
{
    return m_database.run(
        [authority = std::move(authority)](Connection& connection) { return updateRow(connection, authority); });
}

base::Task<Result<void>> SqliteAuthorityRepository::rebind(Authority authority, QList<lifecycle::MovedAccount> accounts)
{
    return m_database.run(
        [authority = std::move(authority), accounts = std::move(accounts)](Connection& connection) -> Result<void> {
            if (auto updated = updateRow(connection, authority); !updated)
                return updated;
            for (const lifecycle::MovedAccount& moved : accounts)
                if (auto renamed = moveAccount(connection, moved); !renamed)
                    return renamed;
            return {};
        });
}

base::Task<Result<void>> SqliteAuthorityRepository::remove(QString id)
{
    return m_database.run([id = std::move(id)](Connection& connection) -> Result<void> {
        if (auto allowed = refuseWhileInUse(connection, id); !allowed)
            return allowed;
        return required(connection.run(u"DELETE FROM authority WHERE id = ?"_s, id), noSuchAuthority);
    });
}

} // namespace storage
