// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/private_key.h"

#include <QByteArray>
#include <QJsonObject>

namespace jose {

/// Signature algorithms of RFC 7518 and RFC 8037.
enum class SignatureAlgorithm { ES256, ES384, RS256, EdDSA };

/// The value of "alg".
QByteArray signatureAlgorithmName(SignatureAlgorithm algorithm);
/// The one algorithm that goes with a key; Unsupported where there is none.
base::Result<SignatureAlgorithm> algorithmFor(const crypto::PublicKey& key);

/// MAC algorithms for external account binding (RFC 8555 section 7.3.4).
enum class MacAlgorithm { HS256, HS384, HS512 };

QByteArray macAlgorithmName(MacAlgorithm algorithm);
/// The inverse of macAlgorithmName(); InvalidInput for any other text.
base::Result<MacAlgorithm> macAlgorithmFromName(QStringView name);

/// The MAC of `data`, as raw bytes (RFC 7518 section 3.2).
QByteArray mac(MacAlgorithm algorithm, const base::Secret& macKey, QByteArrayView data);

/// Signs `payload` as a JWS in flattened JSON serialization (RFC 7515 section 7.2.2).
///
/// `protectedHeader` is the JSON text to protect, with the "alg" that algorithmFor() names; it is signed as it is. An
/// empty payload makes a POST-as-GET (RFC 8555 section 6.3).
base::Result<QByteArray> signFlattened(const crypto::PrivateKey& key, QByteArrayView protectedHeader,
                                       QByteArrayView payload);
base::Result<QByteArray> signFlattened(const crypto::PrivateKey& key, const QJsonObject& protectedHeader,
                                       QByteArrayView payload);

/// The same with a MAC, as external account binding wants it.
base::Result<QByteArray> signMac(const base::Secret& macKey, MacAlgorithm algorithm, QByteArrayView protectedHeader,
                                 QByteArrayView payload);

/// What a JWS says, after its signature was found good.
struct VerifiedJws {
    QJsonObject protectedHeader;
    QByteArray payload;
};

/// Checks a flattened JWS. InvalidInput where it is none, Crypto where "alg" or the signature does not fit the key.
base::Result<VerifiedJws> verifyFlattened(QByteArrayView jws, const crypto::PublicKey& key);
base::Result<VerifiedJws> verifyMac(QByteArrayView jws, const base::Secret& macKey);

} // namespace jose
