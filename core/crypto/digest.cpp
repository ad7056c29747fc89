// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include "crypto/digest_handle.h"
#include "crypto/openssl_bytes.h"

#include <array>

namespace crypto {

const EVP_MD* digestHandle(DigestAlgorithm algorithm)
{
    static const std::array<const EVP_MD*, 4> handles {
        EVP_MD_fetch(nullptr, "SHA1", nullptr),
        EVP_MD_fetch(nullptr, "SHA2-256", nullptr),
        EVP_MD_fetch(nullptr, "SHA2-384", nullptr),
        EVP_MD_fetch(nullptr, "SHA2-512", nullptr),
    };
    return handles.at(static_cast<std::size_t>(algorithm));
}

QByteArray digest(DigestAlgorithm algorithm, QByteArrayView data)
{
    const EVP_MD* const handle = digestHandle(algorithm);
    QByteArray result(EVP_MD_get_size(handle), Qt::Uninitialized);
    if (EVP_Digest(data.data(), lengthOf(data), bytesOf(result), nullptr, handle, nullptr) != 1)
        qFatal("the cryptographic library cannot compute digests");
    return result;
}

} // namespace crypto
