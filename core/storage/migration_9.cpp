// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

/// Records of dns-persist-01 that are watched.
QStringList migration9()
{
    return {
        uR"(CREATE TABLE persist_record (
            id TEXT PRIMARY KEY NOT NULL, account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            name TEXT NOT NULL, value BLOB NOT NULL, created_at BIGINT NOT NULL, checked_at BIGINT,
            verdict TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT ''))"_s,
        u"CREATE UNIQUE INDEX persist_record_of ON persist_record (account_id, name)"_s,
    };
}

} // namespace storage
