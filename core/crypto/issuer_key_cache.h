// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/openssl_ptr.h"

#include <QByteArray>

#include <memory>

namespace crypto {

/// The key of an issuer, decoded; null where it is none.
///
/// The last ones are remembered: a few issuers sign thousands of certificates, and decoding takes OpenSSL 3.0 longer
/// than verifying. Safe from any thread.
std::shared_ptr<EVP_PKEY> issuerKey(const QByteArray& spki);

} // namespace crypto
