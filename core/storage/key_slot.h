// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/connection.h"
#include "storage/key_rings.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace storage {

/// A row of key_slot: the rings, wrapped by a key that a passphrase, the keyring or a file gives.
struct KeySlot {
    QString id; ///< also the name of the keyring's entry
    lifecycle::SlotKind kind = lifecycle::SlotKind::Passphrase;
    QByteArray salt;
    int logN = 15; ///< scrypt: N is two to the power of this
    int r = 8;
    int p = 1;
    QByteArray operatorRing; ///< wrapped; empty when the slot opens the renewal ring alone
    QByteArray renewalRing; ///< wrapped
    QDateTime createdAt;

    static KeySlot make(lifecycle::SlotKind kind);
};

QString slotKindName(lifecycle::SlotKind kind);

/// The key that a passphrase gives for this slot. Slow on purpose.
base::Result<base::Secret> slotKey(const KeySlot& slot, const base::Secret& passphrase);
/// Puts the open rings into the slot. Slot id, kind and parameters are authenticated.
base::Result<void> wrap(KeySlot& slot, const base::Secret& key, const KeyRings& rings, bool withOperatorRing);
/// Opens into `rings` what the slot holds: whether `key` is the right one. Crypto when the slot was tampered with.
base::Result<bool> unwrap(const KeySlot& slot, const base::Secret& key, KeyRings& rings);

base::Result<QList<KeySlot>> loadSlots(Connection& connection);
base::Result<void> insertSlot(Connection& connection, const KeySlot& slot);
/// The operator ring's public key; empty when there is no vault.
base::Result<QByteArray> loadPublicKey(Connection& connection);
/// AlreadyExists when there is a vault.
base::Result<void> insertVault(Connection& connection, const QByteArray& publicKey, const KeySlot& slot);

} // namespace storage
