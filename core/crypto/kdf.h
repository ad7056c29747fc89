// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace crypto {

/// A key of `length` bytes out of a passphrase, deliberately slow (RFC 7914); N is two to the power of `logN`.
///
/// Takes 128·N·r bytes of memory. InvalidInput for parameters that the RFC forbids or that need more than 1 GiB.
base::Result<base::Secret> scrypt(const base::Secret& passphrase, QByteArrayView salt, int logN, int r, int p,
                                  int length);

/// A key of `length` bytes (at most 8160) for the purpose `info`, out of a key that is already random (RFC 5869).
base::Result<base::Secret> hkdfSha256(const base::Secret& inputKey, QByteArrayView salt, QByteArrayView info,
                                      int length);

} // namespace crypto
