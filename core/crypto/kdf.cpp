// SPDX-License-Identifier: Apache-2.0
#include "crypto/kdf.h"

#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"

#include <openssl/core_names.h>

#include <array>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

constexpr quint64 memoryBound = quint64(1) << 30;
constexpr int hkdfBound = 255 * 32;

OSSL_PARAM octets(const char* name, QByteArrayView view)
{
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(view.data()), lengthOf(view));
}

} // namespace

base::Result<base::Secret> scrypt(const base::Secret& passphrase, QByteArrayView salt, int logN, int r, int p,
                                  int length)
{
    if (logN < 1 || logN > 24 || r < 1 || r > 64 || p < 1 || p > 64 || length < 1
        || (quint64(128) * quint64(r) << logN) > memoryBound)
        return base::failed(base::ErrorCode::InvalidInput, u"these scrypt parameters are out of bounds"_s);
    SecretBuffer key(length);
    const char* const bytes = passphrase.isEmpty() ? "" : passphrase.view().data();
    if (EVP_PBE_scrypt(bytes, static_cast<std::size_t>(passphrase.size()), bytesOf(salt), lengthOf(salt),
                       quint64(1) << logN, quint64(r), quint64(p), 2 * memoryBound, key.data(),
                       static_cast<std::size_t>(length))
        != 1)
        return opensslFailed(u"deriving a key with scrypt"_s);
    return key.secret();
}

base::Result<base::Secret> hkdfSha256(const base::Secret& inputKey, QByteArrayView salt, QByteArrayView info,
                                      int length)
{
    if (length < 1 || length > hkdfBound)
        return base::failed(base::ErrorCode::InvalidInput, u"HKDF makes 1 to 8160 bytes"_s);
    static EVP_KDF* const function = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    char hash[] = "SHA256";
    std::array parameters {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash, 0),
        octets(OSSL_KDF_PARAM_KEY, inputKey.view()),
        octets(OSSL_KDF_PARAM_INFO, info),
        salt.isEmpty() ? OSSL_PARAM_construct_end() : octets(OSSL_KDF_PARAM_SALT, salt),
        OSSL_PARAM_construct_end(),
    };
    const KdfContextPtr context(EVP_KDF_CTX_new(function));
    SecretBuffer key(length);
    if (EVP_KDF_derive(context.get(), key.data(), static_cast<std::size_t>(length), parameters.data()) != 1)
        return opensslFailed(u"deriving a key with HKDF"_s);
    return key.secret();
}

} // namespace crypto
