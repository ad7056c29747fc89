// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/private_key.h"

namespace crypto {

/// The numbers of a private key as a JWK tells them (RFC 7518 section 6, RFC 8037): big-endian, and wiped with this
/// object.
struct PrivateKeyComponents {
    PublicKeyComponents publicHalf;
    base::Secret d; ///< the private exponent or scalar; of Ed25519 the 32 bytes it is made of
    base::Secret p = {}; ///< RSA: the primes and what is derived of them; all of them or none
    base::Secret q = {};
    base::Secret dp = {};
    base::Secret dq = {};
    base::Secret qi = {};
};

/// Builds the key. InvalidInput where the numbers are none of a key, or its halves do not belong together.
base::Result<PrivateKey> privateKeyFrom(const PrivateKeyComponents& components);

} // namespace crypto
