// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

/// DNS servers that take updates, for dns-01.
QStringList migration7()
{
    return {
        uR"(CREATE TABLE solver (
            id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, server TEXT NOT NULL,
            key_name TEXT NOT NULL, algorithm TEXT NOT NULL, zones TEXT NOT NULL, secret BLOB NOT NULL))"_s,
    };
}

} // namespace storage
