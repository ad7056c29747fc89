// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/dns_update_store.h"
#include "dns/tsig_key.h"

#include <QHash>

namespace support {

/// DNS servers that take updates, kept in memory.
class MemoryDnsUpdates final : public challenge::DnsUpdateStore {
public:
    void insert(const challenge::DnsUpdateSettings& settings, std::shared_ptr<const dns::TsigKey> key)
    {
        m_settings.append(settings);
        m_keys.insert(settings.id, std::move(key));
    }

    base::Task<base::Result<QList<challenge::DnsUpdateSettings>>> all() override
    {
        co_return std::as_const(m_settings);
    }

    base::Task<base::Result<std::shared_ptr<const dns::TsigKey>>> key(QString id) override
    {
        if (!m_keys.contains(id))
            co_return base::failed(base::ErrorCode::NotFound, id);
        co_return m_keys.value(id);
    }

private:
    QList<challenge::DnsUpdateSettings> m_settings;
    QHash<QString, std::shared_ptr<const dns::TsigKey>> m_keys;
};

} // namespace support
