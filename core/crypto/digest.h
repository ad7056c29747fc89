// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace crypto {

enum class DigestAlgorithm {
    Sha1, ///< for identifiers that a standard fixes (key ids, OCSP, old PKCS#12), never for signatures of our own
    Sha256,
    Sha384,
    Sha512,
};

/// The digest of `data` (FIPS 180-4), as raw bytes.
QByteArray digest(DigestAlgorithm algorithm, QByteArrayView data);

} // namespace crypto
