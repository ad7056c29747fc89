// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/digest.h"

#include <openssl/evp.h>

namespace crypto {

/// OpenSSL's implementation, fetched once: fetching again for every use costs more than a short digest.
const EVP_MD* digestHandle(DigestAlgorithm algorithm);

} // namespace crypto
