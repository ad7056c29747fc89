// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

namespace storage {

using namespace Qt::StringLiterals;

/// Solvers that are no update servers: hooks, Lexicon, the operator's own hands.
QStringList migration8()
{
    return {
        u"ALTER TABLE solver ADD COLUMN method TEXT NOT NULL DEFAULT 'rfc2136'"_s,
        u"ALTER TABLE solver ADD COLUMN program TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE solver ADD COLUMN clean_up_program TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE solver ADD COLUMN provider TEXT NOT NULL DEFAULT ''"_s,
    };
}

} // namespace storage
