// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;

QStringList credentialColumns()
{
    return {
        u"ALTER TABLE eab_credential ADD COLUMN owner TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE eab_credential ADD COLUMN host_id TEXT REFERENCES host (id) ON DELETE SET NULL"_s,
        u"ALTER TABLE eab_credential ADD COLUMN contacts TEXT NOT NULL DEFAULT '[]'"_s,
        u"ALTER TABLE eab_credential ADD COLUMN refusal TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE eab_credential ADD COLUMN expires_at BIGINT"_s,
        u"CREATE INDEX eab_credential_host ON eab_credential (host_id)"_s,
    };
}

QStringList policyTables()
{
    return {
        uR"(CREATE TABLE issuance_policy (
            authority_id TEXT NOT NULL REFERENCES authority (id) ON DELETE CASCADE,
            account_id TEXT REFERENCES account (id) ON DELETE CASCADE, allowed TEXT NOT NULL, denied TEXT NOT NULL))"_s,
        u"CREATE UNIQUE INDEX issuance_policy_of ON issuance_policy (authority_id, COALESCE(account_id, ''))"_s,
        u"CREATE INDEX issuance_policy_account ON issuance_policy (account_id)"_s,
        uR"(CREATE TABLE name_refusal (
            name TEXT NOT NULL, authority_id TEXT NOT NULL REFERENCES authority (id) ON DELETE CASCADE,
            account_id TEXT NOT NULL, order_id TEXT NOT NULL, at BIGINT, type TEXT NOT NULL, detail TEXT NOT NULL,
            PRIMARY KEY (name, authority_id, account_id)))"_s,
        u"CREATE INDEX name_refusal_authority ON name_refusal (authority_id, at)"_s,
    };
}

// Triggers, so that no way of storing a certificate can forget its names.
QStringList nameTables()
{
    return {
        uR"(CREATE TABLE certificate_name (
            name TEXT NOT NULL, certificate_id TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE,
            PRIMARY KEY (name, certificate_id)) WITHOUT ROWID)"_s,
        u"CREATE INDEX certificate_name_certificate ON certificate_name (certificate_id)"_s,
        uR"(INSERT OR IGNORE INTO certificate_name (name, certificate_id)
            SELECT listed.value, certificate.id FROM certificate, json_each(certificate.names) AS listed)"_s,
        uR"(CREATE TRIGGER certificate_names_inserted AFTER INSERT ON certificate BEGIN
            INSERT OR IGNORE INTO certificate_name (name, certificate_id)
            SELECT listed.value, new.id FROM json_each(new.names) AS listed; END)"_s,
        uR"(CREATE TRIGGER certificate_names_changed AFTER UPDATE OF names ON certificate WHEN old.names <> new.names BEGIN
            DELETE FROM certificate_name WHERE certificate_id = new.id;
            INSERT OR IGNORE INTO certificate_name (name, certificate_id)
            SELECT listed.value, new.id FROM json_each(new.names) AS listed; END)"_s,
    };
}

} // namespace

QStringList migration4()
{
    return credentialColumns() + policyTables() + nameTables();
}

} // namespace storage
