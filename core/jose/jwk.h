// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/public_key.h"

#include <QByteArray>
#include <QJsonObject>

namespace jose {

/// A public key as a JWK (RFC 7517), written canonically: required members only, in lexicographic order, no white
/// space.
///
/// Unsupported for kinds of key that have no JWK here.
base::Result<QByteArray> jwk(const crypto::PublicKey& key);
/// The same as an object.
base::Result<QJsonObject> jwkObject(const crypto::PublicKey& key);
/// The inverse; members that it does not need are passed over.
base::Result<crypto::PublicKey> publicKeyFromJwk(const QJsonObject& jwk);

/// The SHA-256 thumbprint of the key (RFC 7638) in base64url, as key authorizations carry it.
base::Result<QByteArray> thumbprint(const crypto::PublicKey& key);

} // namespace jose
