// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

// Tags, which nothing set before. Their keys are repeated in certificate, and so in the index that covers the list:
// joined instead, a tag of 100,000 certificates takes half a second for each page. A tag goes with its last
// certificate, however that goes.
QStringList migration10()
{
    return {
        u"ALTER TABLE certificate ADD COLUMN tag_keys TEXT NOT NULL DEFAULT ''"_s,
        u"DROP INDEX certificate_list"_s,
        uR"(CREATE INDEX certificate_list ON certificate (
            sort_name, id, names_search, tag_keys, authority_id, version_count, not_after, renew_at, revoked_at,
            newest_order_failed, open_orders, needs_csr))"_s,
        u"DROP INDEX certificate_tag_tag"_s,
        u"CREATE INDEX certificate_tag_tag ON certificate_tag (tag_id, certificate_id)"_s,
        uR"(CREATE TRIGGER tag_unused AFTER DELETE ON certificate_tag
            WHEN NOT EXISTS (SELECT 1 FROM certificate_tag WHERE tag_id = old.tag_id) BEGIN
            DELETE FROM tag WHERE id = old.tag_id; END)"_s,
    };
}

} // namespace storage
