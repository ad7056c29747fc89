// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/secret.h"
#include "crypto/digest.h"

namespace crypto {

/// The HMAC of `data` under `key` (RFC 2104), as raw bytes. An empty key is allowed, as in the RFC.
QByteArray hmac(DigestAlgorithm algorithm, const base::Secret& key, QByteArrayView data);

} // namespace crypto
