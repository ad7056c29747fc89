// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

// Renewal information (RFC 9773) of each version. Those that exist already are to be asked about at once.
QStringList migration2()
{
    return {
        uR"(CREATE TABLE renewal_information (
            version_id TEXT PRIMARY KEY NOT NULL REFERENCES certificate_version (id) ON DELETE CASCADE,
            authority_id TEXT NOT NULL REFERENCES authority (id) ON DELETE CASCADE,
            window_start BIGINT, window_end BIGINT, explanation_url TEXT, chosen_at BIGINT,
            lifetime_at BIGINT, lifetime_reason TEXT NOT NULL, asked_at BIGINT, ask_at BIGINT, error TEXT))"_s,
        uR"(INSERT INTO renewal_information (version_id, authority_id, lifetime_at, lifetime_reason, ask_at)
            SELECT v.id, o.authority_id, v.renew_at, v.renewal_reason, v.issued_at FROM certificate c
            JOIN certificate_version v ON v.id = c.current_version_id
            JOIN certificate_order o ON o.id = v.order_id WHERE c.revoked_at IS NULL)"_s,
        u"CREATE INDEX renewal_information_ask_at ON renewal_information (authority_id, ask_at)"_s,
    };
}

} // namespace storage
