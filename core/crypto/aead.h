// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace crypto {

/// The length of an AES-256-GCM key, in bytes.
inline constexpr int AeadKeyLength = 32;

/// Encrypts `plain` with AES-256-GCM (NIST SP 800-38D) and authenticates it together with `associatedData`.
///
/// Answers nonce (12 random bytes), ciphertext and tag (16 bytes) in one piece. InvalidInput for a key of the wrong
/// length.
base::Result<QByteArray> encrypt(const base::Secret& key, QByteArrayView plain, QByteArrayView associatedData);

/// Opens what encrypt() made. Crypto when the key, the associated data or any byte of `sealed` is another one.
base::Result<base::Secret> decrypt(const base::Secret& key, QByteArrayView sealed, QByteArrayView associatedData);

} // namespace crypto
