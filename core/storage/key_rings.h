// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "lifecycle/vault.h"

#include <QByteArray>

#include <optional>

namespace storage {

QString ringName(lifecycle::Ring ring);
/// The parts with their lengths in front, so that no two lists of parts give the same bytes.
QByteArray unambiguous(const QList<QByteArray>& parts);

/// The keys of both rings, as far as they are open.
///
/// Sealed bytes begin with how they were sealed: 1 by the ring's AES key, 2 to the operator ring's public key. Ring,
/// table, row id and column are authenticated with them.
class KeyRings {
public:
    /// Both rings, new and open.
    static KeyRings generate();

    /// What a slot wraps, and the inverse. Locked when the ring is not open.
    base::Result<base::Secret> exported(lifecycle::Ring ring) const;
    /// Crypto when it is no ring, or belongs to another public key.
    base::Result<void> import(lifecycle::Ring ring, const base::Secret& exported);

    const QByteArray& publicKey() const { return m_publicKey; }
    /// Makes sealing into the operator ring possible while it is closed.
    void setPublicKey(QByteArray publicKey) { m_publicKey = std::move(publicKey); }
    bool isOpen(lifecycle::Ring ring) const;
    /// Wipes the keys; the public key stays.
    void close();

    base::Result<QByteArray> seal(lifecycle::Ring ring, const lifecycle::SecretPlace& place,
                                  const base::Secret& secret) const;
    base::Result<base::Secret> open(lifecycle::Ring ring, const lifecycle::SecretPlace& place,
                                    QByteArrayView sealed) const;

private:
    const base::Secret& keyOf(lifecycle::Ring ring) const;

    base::Secret m_operatorKey;
    base::Secret m_operatorPrivateKey;
    base::Secret m_renewalKey;
    QByteArray m_publicKey;
};

} // namespace storage
