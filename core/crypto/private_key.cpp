// SPDX-License-Identifier: Apache-2.0
#include "crypto/private_key.h"

#include "crypto/ecdsa_signature.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"

#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

PkeyPtr generated(KeyType type)
{
    switch (type) {
    case KeyType::EcP256:
        return PkeyPtr(EVP_EC_gen("P-256"));
    case KeyType::EcP384:
        return PkeyPtr(EVP_EC_gen("P-384"));
    case KeyType::Ed25519:
        return PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    case KeyType::Rsa2048:
        return PkeyPtr(EVP_RSA_gen(2048U));
    case KeyType::Rsa3072:
        return PkeyPtr(EVP_RSA_gen(3072U));
    case KeyType::Rsa4096:
        return PkeyPtr(EVP_RSA_gen(4096U));
    }
    Q_UNREACHABLE();
}

} // namespace

PrivateKey::PrivateKey(std::shared_ptr<const KeyHandle> handle)
    : m_handle(std::move(handle))
    , m_publicKey(publicHalf(m_handle->key.get()))
{
}

base::Result<PrivateKey> PrivateKey::generate(KeyType type)
{
    PkeyPtr key = generated(type);
    if (!key)
        return opensslFailed(u"generating a key"_s);
    return wrapPrivate(std::move(key));
}

base::Result<QByteArray> PrivateKey::sign(QByteArrayView message) const
{
    EVP_PKEY* const key = m_handle->key.get();
    const MdContextPtr context(EVP_MD_CTX_new());
    QByteArray signature(EVP_PKEY_get_size(key), Qt::Uninitialized);
    std::size_t length = lengthOf(signature);
    if (EVP_DigestSignInit(context.get(), nullptr, signatureDigest(key), nullptr, key) != 1
        || EVP_DigestSign(context.get(), bytesOf(signature), &length, bytesOf(message), lengthOf(message)) != 1)
        return opensslFailed(u"signing"_s);
    signature.truncate(static_cast<qsizetype>(length));
    return signature;
}

base::Result<QByteArray> PrivateKey::signJws(QByteArrayView message) const
{
    auto signature = sign(message);
    if (!signature || EVP_PKEY_get_base_id(m_handle->key.get()) != EVP_PKEY_EC)
        return signature;
    return ecdsaSideBySide(*signature, coordinateWidth(EVP_PKEY_get_bits(m_handle->key.get())));
}

} // namespace crypto
