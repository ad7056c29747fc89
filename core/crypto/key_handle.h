// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/key_type.h"
#include "crypto/openssl_ptr.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"

#include <QByteArray>

#include <mutex>
#include <optional>

namespace crypto {

/// What a PrivateKey shares.
struct KeyHandle {
    PkeyPtr key;
};

/// What a PublicKey shares: the encoded key, and OpenSSL's form of it once that is needed (decoding is slow).
struct PublicKeyHandle {
    QByteArray spki;
    std::optional<KeyType> type;
    mutable PkeyPtr decoded;
    mutable std::once_flag decoding;

    /// Null where the bytes turn out to be no key.
    EVP_PKEY* key() const;
};

/// The offered kind of an OpenSSL key.
std::optional<KeyType> typeOf(const EVP_PKEY* key);
/// The public half of an OpenSSL key, without sharing its memory.
PublicKey publicHalf(const EVP_PKEY* key);
/// A public key of the library.
base::Result<PublicKey> wrapPublic(PkeyPtr key);
/// The key of a certificate. For kinds that are offered it is decoded only once it is used; a point beside its curve
/// then verifies nothing.
base::Result<PublicKey> publicKeyOf(const QByteArray& spki);
/// A private key of the library, or InvalidInput where `key` is null.
base::Result<PrivateKey> wrapPrivate(PkeyPtr key);
/// The digest that signatures of this key go with; null for those that bring their own (EdDSA).
const EVP_MD* signatureDigest(const EVP_PKEY* key);

} // namespace crypto
