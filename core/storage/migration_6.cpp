// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

// How a version came about, and whether a certificate's renewal waits for a certificate request from elsewhere. The
// indexes cover the list, so they are made anew with the column.
QStringList migration6()
{
    return {
        u"ALTER TABLE certificate_version ADD COLUMN issuance TEXT"_s,
        u"ALTER TABLE certificate ADD COLUMN needs_csr INTEGER NOT NULL DEFAULT 0"_s,
        u"DROP INDEX certificate_list"_s,
        uR"(CREATE INDEX certificate_list ON certificate (
            sort_name, id, names_search, authority_id, version_count, not_after, renew_at, revoked_at,
            newest_order_failed, open_orders, needs_csr))"_s,
        u"DROP INDEX certificate_state"_s,
        uR"(CREATE INDEX certificate_state ON certificate (
            not_after, renew_at, revoked_at, newest_order_failed, open_orders, version_count, needs_csr))"_s,
        u"DROP INDEX certificate_renew_at"_s,
        u"CREATE INDEX certificate_renew_at ON certificate (renew_at, revoked_at, open_orders, needs_csr)"_s,
    };
}

} // namespace storage
