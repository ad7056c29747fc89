// SPDX-License-Identifier: Apache-2.0
#include "crypto/issuer_key_cache.h"

#include "crypto/openssl_bytes.h"

#include <QCache>

#include <mutex>

namespace crypto {
namespace {

constexpr int remembered = 64;

using SharedKey = std::shared_ptr<EVP_PKEY>;

struct Cache {
    std::mutex mutex;
    QCache<QByteArray, SharedKey> keys {remembered};
};

Cache& cache()
{
    static Cache instance;
    return instance;
}

} // namespace

std::shared_ptr<EVP_PKEY> issuerKey(const QByteArray& spki)
{
    Cache& known = cache();
    const std::scoped_lock lock(known.mutex);
    if (const SharedKey* key = known.keys.object(spki))
        return *key;
    SharedKey key(readDer<PkeyPtr>(d2i_PUBKEY, spki));
    known.keys.insert(spki, new SharedKey(key));
    return key;
}

} // namespace crypto
