// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

// Accounts: which terms were agreed to and when, what was refused last, and key changes of unknown outcome.
QStringList migration5()
{
    return {
        u"ALTER TABLE account ADD COLUMN terms_url TEXT"_s,
        u"ALTER TABLE account ADD COLUMN terms_agreed_at BIGINT"_s,
        u"ALTER TABLE account ADD COLUMN refusal TEXT"_s,
        u"ALTER TABLE account ADD COLUMN refused_at BIGINT"_s,
        u"CREATE INDEX certificate_account ON certificate (account_id)"_s,
        uR"(CREATE TABLE account_rollover (
            account_id TEXT PRIMARY KEY NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            new_key_type TEXT NOT NULL, new_key_thumbprint TEXT NOT NULL, started_at BIGINT,
            new_private_key BLOB NOT NULL))"_s,
    };
}

} // namespace storage
