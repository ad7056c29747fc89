// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace crypto {

/// An X25519 key pair (RFC 7748), raw 32 bytes each: everyone who has the public key can seal, the private key unseals.
struct SealingKeyPair {
    QByteArray publicKey;
    base::Secret privateKey;
};

SealingKeyPair generateSealingKeyPair();

/// Encrypts `plain` so that only the owner of the private key reads it: X25519 with a fresh key, HKDF-SHA256,
/// AES-256-GCM.
///
/// `associatedData` is authenticated and not stored. InvalidInput where `publicKey` is not one.
base::Result<QByteArray> sealTo(QByteArrayView publicKey, QByteArrayView plain, QByteArrayView associatedData);

/// Opens what sealTo() made for this pair. Crypto when the keys, the associated data or any byte of `sealed` is another
/// one.
base::Result<base::Secret> unseal(const base::Secret& privateKey, QByteArrayView publicKey, QByteArrayView sealed,
                                  QByteArrayView associatedData);

} // namespace crypto
