// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;

// Ids are random texts, times are milliseconds since 1970 in UTC, lists and objects are JSON, flags are 0 and 1.

QStringList authorityTables()
{
    return {
        uR"(CREATE TABLE authority (
            id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE,
            directory_url TEXT NOT NULL, roots_pem BLOB NOT NULL, proxy TEXT NOT NULL, resolvers TEXT NOT NULL,
            meta TEXT NOT NULL, checked_at BIGINT, created_at BIGINT))"_s,
        uR"(CREATE TABLE eab_credential (
            id TEXT PRIMARY KEY NOT NULL, authority_id TEXT NOT NULL REFERENCES authority (id) ON DELETE CASCADE,
            kid TEXT NOT NULL, algorithm TEXT NOT NULL, label TEXT NOT NULL, state TEXT NOT NULL,
            account_id TEXT, bound_at BIGINT, created_at BIGINT, hmac_key BLOB NOT NULL,
            UNIQUE (authority_id, kid)))"_s,
        uR"(CREATE TABLE account (
            id TEXT PRIMARY KEY NOT NULL, authority_id TEXT NOT NULL REFERENCES authority (id),
            contacts TEXT NOT NULL, key_type TEXT NOT NULL, key_thumbprint TEXT NOT NULL, url TEXT,
            status TEXT NOT NULL, eab_credential_id TEXT REFERENCES eab_credential (id) ON DELETE SET NULL,
            terms_agreed INTEGER NOT NULL, created_at BIGINT, last_used_at BIGINT, private_key BLOB NOT NULL))"_s,
        u"CREATE INDEX account_authority ON account (authority_id)"_s,
        u"CREATE INDEX account_eab_credential ON account (eab_credential_id)"_s,
    };
}

// What lists filter and sort by is repeated in certificate, and two indexes cover it, the narrow one for counting: a
// list of 100,000 never reads whole rows before it knows which few it shows.
QStringList certificateTables()
{
    return {
        uR"(CREATE TABLE certificate (
            id TEXT PRIMARY KEY NOT NULL, authority_id TEXT NOT NULL REFERENCES authority (id), account_id TEXT NOT NULL,
            request TEXT NOT NULL, names TEXT NOT NULL, sort_name TEXT NOT NULL, names_search TEXT NOT NULL,
            created_at BIGINT, current_version_id TEXT, version_count INTEGER NOT NULL,
            not_after BIGINT, renew_at BIGINT, revoked_at BIGINT,
            newest_order_id TEXT, newest_order_failed INTEGER NOT NULL, open_orders INTEGER NOT NULL))"_s,
        uR"(CREATE INDEX certificate_list ON certificate (
            sort_name, id, names_search, authority_id, version_count, not_after, renew_at, revoked_at,
            newest_order_failed, open_orders))"_s,
        u"CREATE INDEX certificate_authority ON certificate (authority_id)"_s,
        uR"(CREATE INDEX certificate_state ON certificate (
            not_after, renew_at, revoked_at, newest_order_failed, open_orders, version_count))"_s,
        u"CREATE INDEX certificate_renew_at ON certificate (renew_at, revoked_at, open_orders)"_s,
        u"CREATE INDEX certificate_current_version ON certificate (current_version_id)"_s,
        uR"(CREATE TABLE certificate_version (
            id TEXT PRIMARY KEY NOT NULL,
            certificate_id TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE, order_id TEXT,
            names TEXT NOT NULL, subject TEXT NOT NULL, issuer TEXT NOT NULL, serial TEXT NOT NULL,
            not_before BIGINT, not_after BIGINT, key_description TEXT NOT NULL, sha256 TEXT NOT NULL,
            sha1 TEXT NOT NULL, chain_pem BLOB NOT NULL, issued_at BIGINT, renew_at BIGINT,
            renewal_reason TEXT NOT NULL, revoked_at BIGINT, revocation_reason INTEGER NOT NULL,
            revocation_note TEXT NOT NULL, has_key INTEGER NOT NULL, private_key BLOB))"_s,
        u"CREATE INDEX version_certificate ON certificate_version (certificate_id, issued_at)"_s,
        u"CREATE INDEX version_not_before ON certificate_version (not_before)"_s,
        u"CREATE INDEX version_not_after ON certificate_version (not_after)"_s,
        u"CREATE INDEX version_serial ON certificate_version (serial)"_s,
        u"CREATE INDEX version_sha256 ON certificate_version (sha256)"_s,
        u"CREATE INDEX version_issuer ON certificate_version (issuer)"_s,
        u"CREATE INDEX version_renew_at ON certificate_version (renew_at)"_s,
        u"CREATE INDEX version_revoked_at ON certificate_version (revoked_at) WHERE revoked_at IS NOT NULL"_s,
    };
}

QStringList orderTables()
{
    return {
        uR"(CREATE TABLE certificate_order (
            id TEXT PRIMARY KEY NOT NULL,
            certificate_id TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE,
            authority_id TEXT NOT NULL REFERENCES authority (id), account_id TEXT NOT NULL, request TEXT NOT NULL,
            names TEXT NOT NULL, state TEXT NOT NULL, finished INTEGER NOT NULL, url TEXT, finalize_url TEXT,
            certificate_url TEXT, created_at BIGINT, updated_at BIGINT, new_order_sent_at BIGINT, deadline BIGINT,
            version_id TEXT, profile TEXT NOT NULL, actor TEXT NOT NULL, error TEXT, private_key BLOB))"_s,
        u"CREATE INDEX order_certificate ON certificate_order (certificate_id, finished)"_s,
        u"CREATE INDEX order_authority ON certificate_order (authority_id)"_s,
        u"CREATE INDEX order_created_at ON certificate_order (created_at, id)"_s,
        u"CREATE INDEX order_unfinished ON certificate_order (created_at) WHERE finished = 0"_s,
        u"CREATE INDEX order_url ON certificate_order (url) WHERE url IS NOT NULL"_s,
        uR"(CREATE TABLE order_event (
            order_id TEXT NOT NULL REFERENCES certificate_order (id) ON DELETE CASCADE, sequence INTEGER NOT NULL,
            at BIGINT, subject TEXT NOT NULL, identifier TEXT NOT NULL, challenge_type TEXT NOT NULL,
            state TEXT NOT NULL, detail TEXT NOT NULL, token TEXT, expected_at TEXT, expected_value TEXT,
            next_poll_at BIGINT, error TEXT, exchange TEXT, PRIMARY KEY (order_id, sequence)) WITHOUT ROWID)"_s,
        uR"(CREATE TABLE placement (
            id TEXT PRIMARY KEY NOT NULL,
            order_id TEXT NOT NULL REFERENCES certificate_order (id) ON DELETE CASCADE, proof TEXT NOT NULL, what TEXT))"_s,
        u"CREATE INDEX placement_order ON placement (order_id)"_s,
    };
}

QStringList inventoryTables()
{
    return {
        u"CREATE TABLE tag (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE)"_s,
        uR"(CREATE TABLE certificate_tag (
            certificate_id TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE,
            tag_id TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE, PRIMARY KEY (certificate_id, tag_id)))"_s,
        u"CREATE INDEX certificate_tag_tag ON certificate_tag (tag_id)"_s,
        uR"(CREATE TABLE host (
            id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, ssh_alias TEXT NOT NULL,
            endpoints TEXT NOT NULL, allowed_names TEXT NOT NULL,
            eab_credential_id TEXT REFERENCES eab_credential (id) ON DELETE SET NULL,
            account_id TEXT REFERENCES account (id) ON DELETE SET NULL, created_at BIGINT))"_s,
        u"CREATE INDEX host_eab_credential ON host (eab_credential_id)"_s,
        u"CREATE INDEX host_account ON host (account_id)"_s,
        uR"(CREATE TABLE deployment (
            id TEXT PRIMARY KEY NOT NULL,
            certificate_id TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE,
            host_id TEXT REFERENCES host (id) ON DELETE CASCADE, target TEXT NOT NULL, settings TEXT NOT NULL,
            deployed_version_id TEXT, deployed_at BIGINT, created_at BIGINT))"_s,
        u"CREATE INDEX deployment_certificate ON deployment (certificate_id)"_s,
        u"CREATE INDEX deployment_host ON deployment (host_id)"_s,
    };
}

QStringList logTables()
{
    return {
        uR"(CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at BIGINT, user_name TEXT NOT NULL, origin TEXT NOT NULL,
            action TEXT NOT NULL, object_id TEXT NOT NULL, object_name TEXT NOT NULL, outcome TEXT NOT NULL,
            detail TEXT NOT NULL, search TEXT NOT NULL))"_s,
        u"CREATE INDEX event_object ON event (object_id)"_s,
        uR"(CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END)"_s,
        uR"(CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END)"_s,
    };
}

QStringList vaultTables()
{
    return {
        u"CREATE TABLE key_ring (ring TEXT PRIMARY KEY NOT NULL, public_key BLOB NOT NULL)"_s,
        uR"(CREATE TABLE key_slot (
            id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, salt BLOB NOT NULL, log_n INTEGER NOT NULL,
            r INTEGER NOT NULL, p INTEGER NOT NULL, operator_ring BLOB, renewal_ring BLOB NOT NULL,
            created_at BIGINT))"_s,
    };
}

} // namespace

QStringList migration1()
{
    return authorityTables() + certificateTables() + orderTables() + inventoryTables() + logTables() + vaultTables();
}

} // namespace storage
