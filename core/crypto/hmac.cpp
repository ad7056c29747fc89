// SPDX-License-Identifier: Apache-2.0
#include "crypto/hmac.h"

#include "crypto/digest_handle.h"
#include "crypto/openssl_bytes.h"

#include <openssl/hmac.h>

namespace crypto {

QByteArray hmac(DigestAlgorithm algorithm, const base::Secret& key, QByteArrayView data)
{
    const EVP_MD* const handle = digestHandle(algorithm);
    QByteArray result(EVP_MD_get_size(handle), Qt::Uninitialized);
    // A null key would mean "the key of the call before".
    const char* const bytes = key.isEmpty() ? "" : key.view().data();
    if (!HMAC(handle, bytes, static_cast<int>(key.size()), bytesOf(data), lengthOf(data), bytesOf(result), nullptr))
        qFatal("the cryptographic library cannot compute MACs");
    return result;
}

} // namespace crypto
