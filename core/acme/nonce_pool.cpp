// SPDX-License-Identifier: Apache-2.0
#include "acme/nonce_pool.h"

#include "acme/key_authorization.h"

namespace acme {

void NoncePool::add(const QByteArray& nonce, const QDateTime& now)
{
    if (!isSafeToken(QString::fromLatin1(nonce)))
        return;
    if (m_entries.size() == Capacity)
        m_entries.removeFirst();
    m_entries.append({nonce, now});
}

std::optional<QByteArray> NoncePool::take(const QDateTime& now)
{
    const QDateTime oldest = now.addMSecs(-std::chrono::milliseconds(Lifetime).count());
    while (!m_entries.isEmpty()) {
        const Entry entry = m_entries.takeLast();
        if (entry.received > oldest)
            return entry.nonce;
    }
    return std::nullopt;
}

} // namespace acme
