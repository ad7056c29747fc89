// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

// What was last seen of an authority changes often and by several programs, so it has a row of its own. The root of a
// version stored earlier is NULL until its chain is read for the first list of roots.
QStringList migration3()
{
    return {
        u"ALTER TABLE authority ADD COLUMN issuing_roots_pem BLOB NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE authority ADD COLUMN proxy_credentials BLOB"_s,
        uR"(CREATE TABLE authority_condition (
            authority_id TEXT PRIMARY KEY NOT NULL REFERENCES authority (id) ON DELETE CASCADE,
            checked_at BIGINT, latency_ms INTEGER NOT NULL, clock_known INTEGER NOT NULL,
            clock_offset_ms BIGINT NOT NULL, error TEXT, rate_limited_until BIGINT, stopped_at BIGINT,
            stop_reason TEXT NOT NULL, served_pem BLOB))"_s,
        u"ALTER TABLE certificate_version ADD COLUMN root_key_id TEXT"_s,
        u"ALTER TABLE certificate_version ADD COLUMN root_name TEXT"_s,
        u"CREATE INDEX version_root ON certificate_version (root_key_id, root_name)"_s,
    };
}

} // namespace storage
