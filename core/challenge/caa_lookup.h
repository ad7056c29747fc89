// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/task.h"
#include "dns/resolver.h"

#include <QHash>

#include <memory>

namespace challenge {

/// The CAA records that count for a name.
struct CaaRecords {
    QString owner; ///< the name that has them; empty where there are none
    QList<dns::Record> records;
};

/// Finds the relevant CAA records by climbing the tree (RFC 8659 section 3); asks for each name only once.
class CaaLookup {
public:
    explicit CaaLookup(std::shared_ptr<dns::Resolver> resolver);

    /// Errors as of Resolver::lookup(): authorities may refuse to issue when they meet them.
    base::Task<base::Result<CaaRecords>> of(base::Identifier name, std::stop_token stop);

private:
    base::Task<base::Result<CaaRecords>> climb(QStringList names, std::stop_token stop);

    std::shared_ptr<dns::Resolver> m_resolver;
    QHash<QString, base::Result<dns::Lookup>> m_known;
};

} // namespace challenge
