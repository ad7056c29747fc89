// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>

#include <chrono>
#include <optional>

namespace acme {

/// Nonces that replies carried and no request has used (RFC 8555 section 6.5). The newest is used first.
class NoncePool {
public:
    static constexpr int Capacity = 64;
    static constexpr std::chrono::minutes Lifetime {5};

    /// Keeps `nonce`; values that are not base64url are dropped (RFC 8555 section 6.5.1).
    void add(const QByteArray& nonce, const QDateTime& now);
    /// A nonce that nobody else gets.
    std::optional<QByteArray> take(const QDateTime& now);
    void clear() { m_entries.clear(); }
    int size() const { return static_cast<int>(m_entries.size()); }

private:
    struct Entry {
        QByteArray nonce;
        QDateTime received;
    };

    QList<Entry> m_entries; // oldest first
};

} // namespace acme
