// SPDX-License-Identifier: Apache-2.0
#include "crypto/sealed_box.h"

#include "crypto/aead.h"
#include "crypto/kdf.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

constexpr int keyLength = 32;
constexpr char purpose[] = "sealwright sealed box 1";

base::Result<base::Secret> sharedSecret(const base::Secret& privateKey, QByteArrayView publicKey)
{
    const PkeyPtr mine(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, bytesOf(privateKey.view()),
                                                    static_cast<std::size_t>(privateKey.size())));
    const PkeyPtr theirs(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, bytesOf(publicKey), lengthOf(publicKey)));
    if (!mine || !theirs)
        return refused(base::ErrorCode::InvalidInput, u"this is no X25519 key"_s);
    const PkeyContextPtr context(EVP_PKEY_CTX_new(mine.get(), nullptr));
    SecretBuffer shared(keyLength);
    std::size_t length = keyLength;
    if (EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1
        || EVP_PKEY_derive(context.get(), shared.data(), &length) != 1)
        return opensslFailed(u"agreeing on a key"_s);
    return shared.secret();
}

/// Both public keys go into the salt, so that a box opens for its own pair only.
base::Result<base::Secret> boxKey(const base::Secret& privateKey, QByteArrayView peer, QByteArrayView sender,
                                  QByteArrayView recipient)
{
    const auto shared = sharedSecret(privateKey, peer);
    if (!shared)
        return base::failed(shared.error());
    return hkdfSha256(*shared, sender.toByteArray() + recipient.toByteArray(), purpose, AeadKeyLength);
}

} // namespace

SealingKeyPair generateSealingKeyPair()
{
    const PkeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
    QByteArray publicKey(keyLength, Qt::Uninitialized);
    SecretBuffer privateKey(keyLength);
    std::size_t publicLength = keyLength;
    std::size_t privateLength = keyLength;
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytesOf(publicKey), &publicLength) != 1
        || EVP_PKEY_get_raw_private_key(key.get(), privateKey.data(), &privateLength) != 1)
        qFatal("the cryptographic library cannot make X25519 keys");
    return SealingKeyPair {publicKey, privateKey.secret()};
}

base::Result<QByteArray> sealTo(QByteArrayView publicKey, QByteArrayView plain, QByteArrayView associatedData)
{
    const SealingKeyPair sender = generateSealingKeyPair();
    const auto key = boxKey(sender.privateKey, publicKey, sender.publicKey, publicKey);
    if (!key)
        return base::failed(key.error());
    auto sealed = encrypt(*key, plain, associatedData);
    if (sealed)
        sealed->prepend(sender.publicKey);
    return sealed;
}

base::Result<base::Secret> unseal(const base::Secret& privateKey, QByteArrayView publicKey, QByteArrayView sealed,
                                  QByteArrayView associatedData)
{
    if (sealed.size() < keyLength)
        return base::failed(base::ErrorCode::Crypto, u"this is no sealed box"_s);
    const QByteArrayView sender = sealed.first(keyLength);
    const auto key = boxKey(privateKey, sender, sender, publicKey);
    if (!key)
        return base::failed(key.error());
    return decrypt(*key, sealed.sliced(keyLength), associatedData);
}

} // namespace crypto
