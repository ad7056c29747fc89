// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/vault.h"
#include "storage/key_rings.h"

#include <QString>

namespace storage {

class Database;
class Keyring;
struct KeySlot;

/// The vault in the tables key_ring and key_slot. Belongs to one thread, as its callers do.
class KeyVault final : public lifecycle::Vault {
public:
    KeyVault(Database& database, Keyring& keyring);

    base::Task<base::Result<lifecycle::VaultStatus>> status() override;
    base::Task<base::Result<void>> create(lifecycle::SharedSecret passphrase) override;
    base::Task<base::Result<void>> createInKeyring() override;
    base::Task<base::Result<void>> unlock(lifecycle::SharedSecret passphrase) override;
    base::Task<base::Result<void>> unlockFromKeyring() override;
    base::Task<base::Result<void>> addPassphrase(lifecycle::SharedSecret passphrase) override;
    void lock() override;
    bool isOpen(lifecycle::Ring ring) const override;

    base::Result<QByteArray> seal(lifecycle::Ring ring, const lifecycle::SecretPlace& place,
                                  const base::Secret& secret) override;
    base::Result<base::Secret> open(lifecycle::Ring ring, const lifecycle::SecretPlace& place,
                                    QByteArray sealed) override;

    /// What a key file may open: an unattended renewal needs no more than the renewal ring.
    enum class Reach { RenewalRing, BothRings };
    /// Writes a new key to `path` (mode 0600) and adds a slot that it opens. AlreadyExists when there is such a file,
    /// Locked while the rings to hand over are.
    base::Task<base::Result<void>> addKeyFile(QString path, Reach reach);
    /// WrongPassphrase when the file's key opens no slot; nothing was changed.
    base::Task<base::Result<void>> unlockWithKeyFile(QString path);

private:
    base::Task<base::Result<void>> refuseIfPresent();
    /// Stores new rings in their first slot, which `key` opens, and keeps them open.
    base::Task<base::Result<void>> establish(lifecycle::SharedSecret key, KeySlot slot);
    /// Adds a slot that `key` opens for the rings that are open.
    base::Task<base::Result<void>> addSlot(lifecycle::SharedSecret key, KeySlot slot, Reach reach);
    /// Every slot; brings the public key up to date.
    base::Task<base::Result<QList<KeySlot>>> allSlots();
    /// The slots of one kind. NotFound when there is no vault.
    base::Task<base::Result<QList<KeySlot>>> slotsOf(lifecycle::SlotKind kind);
    /// Writes `key` to the keyring and reads it back.
    base::Task<base::Result<void>> entrust(QString entry, lifecycle::SharedSecret key);

    Database& m_database;
    Keyring& m_keyring;
    KeyRings m_rings;
};

} // namespace storage
