// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/dns_update_settings.h"

#include <QList>

#include <memory>

namespace dns {
struct TsigKey;
}

namespace challenge {

/// Where the DNS servers that take updates, and their keys, are kept.
class DnsUpdateStore {
public:
    virtual ~DnsUpdateStore() = default;

    virtual base::Task<base::Result<QList<DnsUpdateSettings>>> all() = 0;
    /// NotFound where there are no such settings, Locked while the vault is.
    virtual base::Task<base::Result<std::shared_ptr<const dns::TsigKey>>> key(QString id) = 0;
};

} // namespace challenge
