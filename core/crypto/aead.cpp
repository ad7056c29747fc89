// SPDX-License-Identifier: Apache-2.0
#include "crypto/aead.h"

#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/random.h"

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

constexpr int nonceLength = 12;
constexpr int tagLength = 16;

const EVP_CIPHER* cipher()
{
    static const EVP_CIPHER* const handle = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return handle;
}

bool isUsable(const base::Secret& key, QByteArrayView text)
{
    return key.size() == AeadKeyLength && text.size() < std::numeric_limits<int>::max() - nonceLength - tagLength;
}

/// A context that has taken key, nonce and associated data; null on failure.
CipherContextPtr started(const base::Secret& key, const unsigned char* nonce, QByteArrayView associatedData,
                         int encrypting)
{
    CipherContextPtr context(EVP_CIPHER_CTX_new());
    int length = 0;
    if (EVP_CipherInit_ex2(context.get(), cipher(), bytesOf(key.view()), nonce, encrypting, nullptr) != 1)
        return nullptr;
    if (!associatedData.isEmpty()
        && EVP_CipherUpdate(context.get(), nullptr, &length, bytesOf(associatedData), int(associatedData.size())) != 1)
        return nullptr;
    return context;
}

bool finish(EVP_CIPHER_CTX* context, QByteArrayView text, unsigned char* output)
{
    int length = 0;
    unsigned char rest[EVP_MAX_BLOCK_LENGTH];
    return (text.isEmpty() || EVP_CipherUpdate(context, output, &length, bytesOf(text), int(text.size())) == 1)
        && EVP_CipherFinal_ex(context, rest, &length) == 1;
}

} // namespace

base::Result<QByteArray> encrypt(const base::Secret& key, QByteArrayView plain, QByteArrayView associatedData)
{
    if (!isUsable(key, plain))
        return base::failed(base::ErrorCode::InvalidInput,
                            u"AES-256-GCM takes a key of 32 bytes and texts below 2 GiB"_s);
    QByteArray sealed = randomBytes(nonceLength);
    sealed.resize(nonceLength + plain.size() + tagLength);
    unsigned char* const output = bytesOf(sealed);
    const CipherContextPtr context = started(key, output, associatedData, 1);
    if (!context || !finish(context.get(), plain, output + nonceLength)
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tagLength, output + nonceLength + plain.size())
            != 1)
        return opensslFailed(u"encrypting"_s);
    return sealed;
}

base::Result<base::Secret> decrypt(const base::Secret& key, QByteArrayView sealed, QByteArrayView associatedData)
{
    const qsizetype length = sealed.size() - nonceLength - tagLength;
    if (length < 0 || !isUsable(key, sealed))
        return base::failed(base::ErrorCode::Crypto, u"this is no sealed text"_s);
    QByteArray tag = sealed.last(tagLength).toByteArray();
    SecretBuffer plain(length);
    const CipherContextPtr context = started(key, bytesOf(sealed), associatedData, 0);
    if (!context || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tagLength, tag.data()) != 1)
        return opensslFailed(u"decrypting"_s);
    if (!finish(context.get(), sealed.sliced(nonceLength, length), plain.data()))
        return refused(base::ErrorCode::Crypto, u"the sealed text was made with another key, or was changed"_s);
    return plain.secret();
}

} // namespace crypto
