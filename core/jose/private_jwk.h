// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/private_key.h"

#include <QJsonObject>

namespace jose {

/// The private key that a JWK holds (RFC 7517, RFC 7518 section 6, RFC 8037 section 2). InvalidInput where it is none,
/// where it holds the public half alone, and where its halves do not belong together; the numbers are never quoted.
base::Result<crypto::PrivateKey> privateKeyFromJwk(const QJsonObject& jwk);

} // namespace jose
