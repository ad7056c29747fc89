// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_handle.h"

#include "crypto/digest_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/spki_prefix.h"

#include <openssl/core_names.h>

#include <string_view>
#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

std::optional<KeyType> ecType(const EVP_PKEY* key)
{
    char group[32] = {};
    if (EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1)
        return std::nullopt;
    const std::string_view name(group);
    if (name == "prime256v1")
        return KeyType::EcP256;
    return name == "secp384r1" ? std::optional(KeyType::EcP384) : std::nullopt;
}

std::optional<KeyType> rsaType(int bits)
{
    switch (bits) {
    case 2048:
        return KeyType::Rsa2048;
    case 3072:
        return KeyType::Rsa3072;
    case 4096:
        return KeyType::Rsa4096;
    default:
        return std::nullopt;
    }
}

bool writeCoordinate(const EVP_PKEY* key, const char* name, unsigned char* output, int width)
{
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1)
        return false;
    const BignumPtr owner(value);
    return BN_bn2binpad(value, output, width) == width;
}

qsizetype publicLength(KeyType type)
{
    if (type == KeyType::Ed25519)
        return 32;
    return type == KeyType::EcP256 ? 65 : 97;
}

/// The point uncompressed, whatever form the key came in, so that equal keys have equal bytes.
QByteArray pointBytes(const EVP_PKEY* key, int width)
{
    QByteArray point(1 + 2 * width, '\x04');
    std::size_t length = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, bytesOf(point), lengthOf(point), &length) == 1
        && qsizetype(length) == point.size())
        return point;
    point[0] = '\x04';
    const bool written = writeCoordinate(key, OSSL_PKEY_PARAM_EC_PUB_X, bytesOf(point) + 1, width)
        && writeCoordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y, bytesOf(point) + 1 + width, width);
    return written ? point : QByteArray();
}

QByteArray edwardsBytes(const EVP_PKEY* key)
{
    QByteArray bytes(32, Qt::Uninitialized);
    std::size_t length = lengthOf(bytes);
    return EVP_PKEY_get_raw_public_key(key, bytesOf(bytes), &length) == 1 ? bytes : QByteArray();
}

QByteArray curveBytes(const EVP_PKEY* key, KeyType type)
{
    if (type == KeyType::Ed25519)
        return edwardsBytes(key);
    return pointBytes(key, type == KeyType::EcP256 ? 32 : 48);
}

QByteArray spkiOf(const EVP_PKEY* key, std::optional<KeyType> type)
{
    const QByteArray prefix = type ? spkiPrefix(*type) : QByteArray();
    if (!prefix.isEmpty())
        if (const QByteArray bytes = curveBytes(key, *type); !bytes.isEmpty())
            return prefix + bytes;
    return derOf(i2d_PUBKEY, key);
}

std::shared_ptr<PublicKeyHandle> publicHandle(const EVP_PKEY* key)
{
    auto handle = std::make_shared<PublicKeyHandle>();
    handle->type = typeOf(key);
    handle->spki = spkiOf(key, handle->type);
    return handle;
}

} // namespace

EVP_PKEY* PublicKeyHandle::key() const
{
    std::call_once(decoding, [this] {
        if (!decoded)
            decoded = readDer<PkeyPtr>(d2i_PUBKEY, spki);
    });
    return decoded.get();
}

std::optional<KeyType> typeOf(const EVP_PKEY* key)
{
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_EC:
        return ecType(key);
    case EVP_PKEY_RSA:
        return rsaType(EVP_PKEY_get_bits(key));
    case EVP_PKEY_ED25519:
        return KeyType::Ed25519;
    default:
        return std::nullopt;
    }
}

PublicKey publicHalf(const EVP_PKEY* key)
{
    return PublicKey(publicHandle(key));
}

base::Result<PublicKey> wrapPublic(PkeyPtr key)
{
    if (!key)
        return refused(base::ErrorCode::InvalidInput, u"this is no public key of a known algorithm"_s);
    auto handle = publicHandle(key.get());
    handle->decoded = std::move(key);
    return PublicKey(std::move(handle));
}

base::Result<PublicKey> publicKeyOf(const QByteArray& spki)
{
    for (const KeyType type : {KeyType::EcP256, KeyType::EcP384, KeyType::Ed25519}) {
        const QByteArray prefix = spkiPrefix(type);
        if (spki.startsWith(prefix) && spki.size() == prefix.size() + publicLength(type)) {
            auto handle = std::make_shared<PublicKeyHandle>();
            handle->type = type;
            handle->spki = spki;
            return PublicKey(std::move(handle));
        }
    }
    return PublicKey::fromSpkiDer(spki);
}

base::Result<PrivateKey> wrapPrivate(PkeyPtr key)
{
    if (!key)
        return refused(base::ErrorCode::InvalidInput, u"this is no private key of a known algorithm"_s);
    auto handle = std::make_shared<KeyHandle>();
    handle->key = std::move(key);
    return PrivateKey(std::move(handle));
}

const EVP_MD* signatureDigest(const EVP_PKEY* key)
{
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448:
        return nullptr;
    case EVP_PKEY_EC:
        return digestHandle(EVP_PKEY_get_bits(key) > 256 ? DigestAlgorithm::Sha384 : DigestAlgorithm::Sha256);
    default:
        return digestHandle(DigestAlgorithm::Sha256);
    }
}

} // namespace crypto
