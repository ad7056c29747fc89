// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"

#include "crypto/openssl_bytes.h"

#include <openssl/rand.h>

namespace crypto {
namespace {

void fill(unsigned char* bytes, int count, int (*source)(unsigned char*, int))
{
    if (source(bytes, count) != 1)
        qFatal("the system has no randomness to give");
}

} // namespace

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    fill(bytesOf(bytes), count, RAND_bytes);
    return bytes;
}

base::Secret randomSecret(int count)
{
    SecretBuffer bytes(count);
    fill(bytes.data(), count, RAND_priv_bytes);
    return bytes.secret();
}

} // namespace crypto
