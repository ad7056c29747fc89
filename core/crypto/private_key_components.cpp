// SPDX-License-Identifier: Apache-2.0
#include "crypto/private_key_components.h"

#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <utility>
#include <vector>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

constexpr qsizetype longestNumber = 1024; // bytes: RSA with 8192 bits

using ParameterBuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, Freeing<OSSL_PARAM_BLD_free>>;
using ParametersPtr = std::unique_ptr<OSSL_PARAM, Freeing<OSSL_PARAM_free>>;

tl::unexpected<base::Error> noKey()
{
    ERR_clear_error();
    return base::failed(base::ErrorCode::InvalidInput, u"these numbers are none of a private key"_s);
}

/// Parameters for EVP_PKEY_fromdata(), with the numbers that they point to.
class Parameters {
public:
    void add(const char* name, QByteArrayView number)
    {
        if (number.isEmpty() || number.size() > longestNumber) {
            m_good = m_good && number.isEmpty();
            return;
        }
        // a secure number is also wiped where the builder copies it to
        m_numbers.emplace_back(BN_secure_new());
        BIGNUM* const copy = m_numbers.back().get();
        m_good = m_good && BN_bin2bn(bytesOf(number), static_cast<int>(number.size()), copy)
            && OSSL_PARAM_BLD_push_BN(m_builder.get(), name, copy) == 1;
    }
    void addText(const char* name, const char* text)
    {
        m_good = m_good && OSSL_PARAM_BLD_push_utf8_string(m_builder.get(), name, text, 0) == 1;
    }
    /// `octets` must live until the key is built.
    void addOctets(const char* name, const QByteArray& octets)
    {
        m_good =
            m_good && OSSL_PARAM_BLD_push_octet_string(m_builder.get(), name, bytesOf(octets), lengthOf(octets)) == 1;
    }
    /// Null where they make no key.
    PkeyPtr build(int type)
    {
        const ParametersPtr parameters(m_good ? OSSL_PARAM_BLD_to_param(m_builder.get()) : nullptr);
        const PkeyContextPtr context(EVP_PKEY_CTX_new_id(type, nullptr));
        EVP_PKEY* key = nullptr;
        if (parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1)
            EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get());
        return PkeyPtr(key);
    }

private:
    ParameterBuilderPtr m_builder {OSSL_PARAM_BLD_new()};
    std::vector<BignumPtr> m_numbers;
    bool m_good = true;
};

/// All of them or none (RFC 7518 section 6.3.2). OpenSSL 3.0 leaks those that it got where some are missing.
bool hasWholeFactors(const PrivateKeyComponents& components)
{
    const bool first = components.p.isEmpty();
    return components.q.isEmpty() == first && components.dp.isEmpty() == first && components.dq.isEmpty() == first
        && components.qi.isEmpty() == first;
}

PkeyPtr rsaKey(const RsaNumbers& numbers, const PrivateKeyComponents& components)
{
    Parameters parameters;
    parameters.add(OSSL_PKEY_PARAM_RSA_N, numbers.modulus);
    parameters.add(OSSL_PKEY_PARAM_RSA_E, numbers.exponent);
    parameters.add(OSSL_PKEY_PARAM_RSA_D, components.d.view());
    parameters.add(OSSL_PKEY_PARAM_RSA_FACTOR1, components.p.view());
    parameters.add(OSSL_PKEY_PARAM_RSA_FACTOR2, components.q.view());
    parameters.add(OSSL_PKEY_PARAM_RSA_EXPONENT1, components.dp.view());
    parameters.add(OSSL_PKEY_PARAM_RSA_EXPONENT2, components.dq.view());
    parameters.add(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, components.qi.view());
    return parameters.build(EVP_PKEY_RSA);
}

PkeyPtr ecKey(const EcPoint& point, const PrivateKeyComponents& components)
{
    const QByteArray encoded = '\x04' + point.x + point.y;
    Parameters parameters;
    parameters.addText(OSSL_PKEY_PARAM_GROUP_NAME, point.curve == "P-256" ? "P-256" : "P-384");
    parameters.addOctets(OSSL_PKEY_PARAM_PUB_KEY, encoded);
    parameters.add(OSSL_PKEY_PARAM_PRIV_KEY, components.d.view());
    return parameters.build(EVP_PKEY_EC);
}

PkeyPtr keyOf(const PrivateKeyComponents& components)
{
    if (const auto* numbers = std::get_if<RsaNumbers>(&components.publicHalf))
        return !hasWholeFactors(components) ? nullptr : rsaKey(*numbers, components);
    if (const auto* point = std::get_if<EcPoint>(&components.publicHalf))
        return ecKey(*point, components);
    return PkeyPtr(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(components.d.view()),
                                                lengthOf(components.d.view())));
}

/// Whether the halves belong together: what one signs, the other verifies.
bool isWhole(const PrivateKey& key, const PublicKey& publicHalf)
{
    const auto signature = key.sign("do these halves belong together?");
    return signature && publicHalf.verify("do these halves belong together?", *signature);
}

} // namespace

Result<PrivateKey> privateKeyFrom(const PrivateKeyComponents& components)
{
    const auto publicHalf = PublicKey::fromComponents(components.publicHalf);
    if (!publicHalf)
        return base::failed(publicHalf.error());
    if (components.d.isEmpty())
        return noKey();
    PkeyPtr made = keyOf(components);
    if (!made)
        return noKey();
    auto key = wrapPrivate(std::move(made));
    if (!key || !isWhole(*key, *publicHalf))
        return noKey();
    return key;
}

} // namespace crypto
