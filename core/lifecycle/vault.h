// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"

#include <QString>

#include <memory>

namespace lifecycle {

/// Where a secret is stored; its ciphertext authenticates this place, so that it cannot be moved to another row.
struct SecretPlace {
    QString table;
    QString rowId;
    QString column;
};

/// The two key rings: what an unattended renewal must read, and what only the operator may.
enum class Ring { Operator, Renewal };

/// What opens the vault.
enum class SlotKind { Passphrase, Keyring, KeyFile };

struct VaultStatus {
    bool exists = false;
    bool operatorOpen = false;
    bool renewalOpen = false;
    QList<SlotKind> slotKinds;
};

/// Passphrases cross threads, so they travel shared and are wiped with the last owner.
using SharedSecret = std::shared_ptr<const base::Secret>;

/// Keeps secrets encrypted at rest: key slots wrap two rings, and the operator ring can be sealed into while locked.
///
/// Unlocking is slow on purpose (scrypt) and runs in the pool; seal() and open() take microseconds.
class Vault {
public:
    virtual ~Vault() = default;

    virtual base::Task<base::Result<VaultStatus>> status() = 0;
    /// Creates the rings with one passphrase slot and leaves them open. AlreadyExists when there are some.
    virtual base::Task<base::Result<void>> create(SharedSecret passphrase) = 0;
    /// Creates the rings with a slot in the platform keyring. Unsupported where the keyring does not answer a probe
    /// write; nothing was changed then.
    virtual base::Task<base::Result<void>> createInKeyring() = 0;
    /// WrongPassphrase when no slot opens; nothing was changed.
    virtual base::Task<base::Result<void>> unlock(SharedSecret passphrase) = 0;
    /// NotFound when there is no keyring slot, Unsupported when the keyring does not answer.
    virtual base::Task<base::Result<void>> unlockFromKeyring() = 0;
    virtual base::Task<base::Result<void>> addPassphrase(SharedSecret passphrase) = 0;
    /// Wipes the rings from memory. Sealing into the operator ring goes on working.
    virtual void lock() = 0;
    virtual bool isOpen(Ring ring) const = 0;

    /// Locked when the ring cannot be sealed into (the renewal ring while locked).
    virtual base::Result<QByteArray> seal(Ring ring, const SecretPlace& place, const base::Secret& secret) = 0;
    /// Locked when the ring is not open; Crypto when the ciphertext does not belong to this place.
    virtual base::Result<base::Secret> open(Ring ring, const SecretPlace& place, QByteArray sealed) = 0;
};

} // namespace lifecycle
