// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/key_type.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <variant>

namespace crypto {

struct PublicKeyHandle;

/// A point on a NIST curve: the curve as JOSE names it ("P-256", "P-384") and both coordinates, as wide as the field.
struct EcPoint {
    QByteArray curve;
    QByteArray x;
    QByteArray y;
};

/// An RSA public key: big-endian numbers without leading zeros.
struct RsaNumbers {
    QByteArray modulus;
    QByteArray exponent;
};

/// An octet key pair's public half (RFC 8037): curve "Ed25519" and its 32 bytes.
struct OctetPoint {
    QByteArray curve;
    QByteArray x;
};

/// What a JWK says about a key; empty for kinds that JOSE has no use for here.
using PublicKeyComponents = std::variant<std::monostate, EcPoint, RsaNumbers, OctetPoint>;

/// A public key of any algorithm. Copies are cheap and share the key.
class PublicKey {
public:
    /// Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). InvalidInput where it is none, or has bytes behind it.
    static base::Result<PublicKey> fromSpkiDer(QByteArrayView der);
    /// Builds the key that a JWK tells. InvalidInput for numbers that are no key.
    static base::Result<PublicKey> fromComponents(const PublicKeyComponents& components);

    const QByteArray& spkiDer() const;
    /// The kind among those offered, empty for others (RSA 1024, P-521, Ed448).
    std::optional<KeyType> type() const;
    /// For reading: "EC P-256", "RSA 2048 bits", "Ed25519".
    QString description() const;
    /// Size in bits, as the field counts it: 256 for P-256, 2048 for RSA 2048.
    int bits() const;
    /// What a JWK of this key carries.
    PublicKeyComponents components() const;

    /// Whether `signature` is one of `message` as X.509 writes them: DER for ECDSA, PKCS#1 v1.5 for RSA; SHA-256, for
    /// P-384 SHA-384.
    bool verify(QByteArrayView message, QByteArrayView signature) const;
    /// Whether `signature` is one of `message` as JOSE writes them (RFC 7518 section 3.4: r and s side by side for
    /// ECDSA).
    bool verifyJws(QByteArrayView message, QByteArrayView signature) const;

    friend bool operator==(const PublicKey& left, const PublicKey& right) { return left.spkiDer() == right.spkiDer(); }

    /// Wraps a key of the library; for this folder.
    explicit PublicKey(std::shared_ptr<const PublicKeyHandle> handle);
    const PublicKeyHandle& handle() const { return *m_handle; }

private:
    std::shared_ptr<const PublicKeyHandle> m_handle;
};

} // namespace crypto
