// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/key_type.h"
#include "crypto/public_key.h"

#include <memory>
#include <optional>

namespace crypto {

struct KeyHandle;

/// A private key with its public half. Copies are cheap and share the key, whose memory is wiped with the last one.
class PrivateKey {
public:
    /// Makes a new key. RSA takes up to seconds: call it in the pool.
    static base::Result<PrivateKey> generate(KeyType type);
    /// Reads an unencrypted PKCS#8 PrivateKeyInfo (RFC 5958). InvalidInput where it is none.
    static base::Result<PrivateKey> fromPkcs8Der(const base::Secret& der);
    /// Reads the first private key of a PEM text: PKCS#8 plain or encrypted, SEC1 (RFC 5915) or PKCS#1.
    ///
    /// InvalidInput where there is none; WrongPassphrase where it is encrypted and `passphrase` is null or another one.
    static base::Result<PrivateKey> fromPem(QByteArrayView pem, const base::Secret* passphrase = nullptr);

    base::Secret toPkcs8Der() const;
    /// Unencrypted PKCS#8 as PEM ("PRIVATE KEY").
    base::Secret toPem() const;
    /// PKCS#8 encrypted by PBES2 (RFC 8018): PBKDF2 with HMAC-SHA-256, AES-256-CBC ("ENCRYPTED PRIVATE KEY").
    base::Result<QByteArray> toEncryptedPem(const base::Secret& passphrase) const;

    const PublicKey& publicKey() const { return m_publicKey; }
    /// The kind among those offered, empty for imported keys of others.
    std::optional<KeyType> type() const { return m_publicKey.type(); }

    /// Signs as X.509 does: DER for ECDSA, PKCS#1 v1.5 for RSA; SHA-256, for P-384 SHA-384. Safe from any thread.
    base::Result<QByteArray> sign(QByteArrayView message) const;
    /// Signs as JOSE does (RFC 7518 section 3, RFC 8037): ES256 and ES384 with r and s side by side, RS256, EdDSA.
    base::Result<QByteArray> signJws(QByteArrayView message) const;

    /// Wraps a key of the library; for this folder.
    explicit PrivateKey(std::shared_ptr<const KeyHandle> handle);
    const KeyHandle& handle() const { return *m_handle; }

private:
    std::shared_ptr<const KeyHandle> m_handle;
    PublicKey m_publicKey;
};

} // namespace crypto
