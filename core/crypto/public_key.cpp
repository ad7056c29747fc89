// SPDX-License-Identifier: Apache-2.0
#include "crypto/public_key.h"

#include "crypto/ecdsa_signature.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/spki_prefix.h"

#include <openssl/core_names.h>
#include <openssl/err.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

QByteArray number(const EVP_PKEY* key, const char* name)
{
    BIGNUM* value = nullptr;
    if (!key || EVP_PKEY_get_bn_param(key, name, &value) != 1)
        return QByteArray();
    const BignumPtr owner(value);
    QByteArray bytes(BN_num_bytes(value), Qt::Uninitialized);
    BN_bn2bin(value, bytesOf(bytes));
    return bytes;
}

PublicKeyComponents ecPoint(const QByteArray& curve, const QByteArray& spki, qsizetype width)
{
    return EcPoint {curve, spki.last(2 * width).first(width), spki.last(width)};
}

base::Result<PublicKey> fromPoint(const EcPoint& point)
{
    const bool small = point.curve == "P-256";
    const qsizetype width = small ? 32 : 48;
    if ((!small && point.curve != "P-384") || point.x.size() != width || point.y.size() != width)
        return base::failed(base::ErrorCode::InvalidInput, u"this is no point on P-256 or P-384"_s);
    return PublicKey::fromSpkiDer(spkiPrefix(small ? KeyType::EcP256 : KeyType::EcP384) + '\x04' + point.x + point.y);
}

/// OpenSSL takes numbers in the machine's byte order.
QByteArray nativeOrder(QByteArray number)
{
    if constexpr (std::endian::native == std::endian::little)
        std::reverse(number.begin(), number.end());
    return number;
}

base::Result<PublicKey> fromNumbers(const RsaNumbers& numbers)
{
    if (numbers.modulus.isEmpty() || numbers.exponent.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"this is no RSA key"_s);
    QByteArray modulus = nativeOrder(numbers.modulus);
    QByteArray exponent = nativeOrder(numbers.exponent);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, bytesOf(modulus), lengthOf(modulus)),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, bytesOf(exponent), lengthOf(exponent)),
        OSSL_PARAM_construct_end(),
    };
    const PkeyContextPtr context(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr));
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters);
    return wrapPublic(PkeyPtr(key));
}

} // namespace

PublicKey::PublicKey(std::shared_ptr<const PublicKeyHandle> handle)
    : m_handle(std::move(handle))
{
}

base::Result<PublicKey> PublicKey::fromSpkiDer(QByteArrayView der)
{
    return wrapPublic(readDer<PkeyPtr>(d2i_PUBKEY, der));
}

base::Result<PublicKey> PublicKey::fromComponents(const PublicKeyComponents& components)
{
    if (const auto* point = std::get_if<EcPoint>(&components))
        return fromPoint(*point);
    if (const auto* numbers = std::get_if<RsaNumbers>(&components))
        return fromNumbers(*numbers);
    const auto* octets = std::get_if<OctetPoint>(&components);
    if (!octets || octets->curve != "Ed25519" || octets->x.size() != 32)
        return base::failed(base::ErrorCode::InvalidInput, u"this is no Ed25519 key"_s);
    return fromSpkiDer(spkiPrefix(KeyType::Ed25519) + octets->x);
}

const QByteArray& PublicKey::spkiDer() const
{
    return m_handle->spki;
}

std::optional<KeyType> PublicKey::type() const
{
    return m_handle->type;
}

QString PublicKey::description() const
{
    if (m_handle->type == KeyType::Ed25519)
        return u"Ed25519"_s;
    if (m_handle->type == KeyType::EcP256 || m_handle->type == KeyType::EcP384)
        return u"EC P-%1"_s.arg(bits());
    const EVP_PKEY* const key = m_handle->key();
    const char* const name = key ? EVP_PKEY_get0_type_name(key) : nullptr;
    if (key && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC)
        return u"EC P-%1"_s.arg(bits());
    return u"%1 %2 bits"_s.arg(QString::fromLatin1(name ? name : "?")).arg(bits());
}

int PublicKey::bits() const
{
    if (m_handle->type == KeyType::EcP256)
        return 256;
    if (m_handle->type == KeyType::EcP384)
        return 384;
    const EVP_PKEY* const key = m_handle->key();
    return key ? EVP_PKEY_get_bits(key) : 0;
}

PublicKeyComponents PublicKey::components() const
{
    if (!m_handle->type)
        return std::monostate();
    switch (*m_handle->type) {
    case KeyType::EcP256:
        return ecPoint("P-256"_ba, m_handle->spki, 32);
    case KeyType::EcP384:
        return ecPoint("P-384"_ba, m_handle->spki, 48);
    case KeyType::Ed25519:
        return OctetPoint {"Ed25519"_ba, m_handle->spki.last(32)};
    default:
        return RsaNumbers {number(m_handle->key(), OSSL_PKEY_PARAM_RSA_N),
                           number(m_handle->key(), OSSL_PKEY_PARAM_RSA_E)};
    }
}

bool PublicKey::verify(QByteArrayView message, QByteArrayView signature) const
{
    EVP_PKEY* const key = m_handle->key();
    const MdContextPtr context(EVP_MD_CTX_new());
    const bool good = key && EVP_DigestVerifyInit(context.get(), nullptr, signatureDigest(key), nullptr, key) == 1
        && EVP_DigestVerify(context.get(), bytesOf(signature), lengthOf(signature), bytesOf(message), lengthOf(message))
            == 1;
    ERR_clear_error();
    return good;
}

bool PublicKey::verifyJws(QByteArrayView message, QByteArrayView signature) const
{
    const EVP_PKEY* const key = m_handle->key();
    if (!key || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC)
        return verify(message, signature);
    return signature.size() == 2 * coordinateWidth(bits()) && verify(message, ecdsaDer(signature));
}

} // namespace crypto
