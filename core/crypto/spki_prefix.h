// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/key_type.h"

#include <QByteArray>

namespace crypto {

/// What stands before the public bytes in the SubjectPublicKeyInfo of a key on a curve (RFC 5480 section 2, RFC 8410
/// section 4); empty for RSA. Writing it beats OpenSSL 3.0's encoder by two orders of magnitude.
QByteArray spkiPrefix(KeyType type);

} // namespace crypto
