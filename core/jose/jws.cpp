// SPDX-License-Identifier: Apache-2.0
#include "jose/jws.h"

#include "crypto/hmac.h"
#include "jose/base64url.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace jose {
namespace {

using namespace Qt::StringLiterals;

struct Mac {
    MacAlgorithm algorithm;
    QLatin1StringView name;
    crypto::DigestAlgorithm digest;
};

constexpr std::array macs {
    Mac {MacAlgorithm::HS256, "HS256"_L1, crypto::DigestAlgorithm::Sha256},
    Mac {MacAlgorithm::HS384, "HS384"_L1, crypto::DigestAlgorithm::Sha384},
    Mac {MacAlgorithm::HS512, "HS512"_L1, crypto::DigestAlgorithm::Sha512},
};

const Mac& macOf(MacAlgorithm algorithm)
{
    return *std::ranges::find(macs, algorithm, &Mac::algorithm);
}

/// BASE64URL(UTF8(JWS Protected Header)) || '.' || BASE64URL(JWS Payload), RFC 7515 section 5.1
QByteArray signingInput(QByteArrayView protectedHeader, QByteArrayView payload)
{
    return base64url::encode(protectedHeader) + '.' + base64url::encode(payload);
}

QByteArray flattened(QByteArrayView input, QByteArrayView signature)
{
    const qsizetype dot = input.indexOf('.');
    QByteArray jws;
    jws.reserve(input.size() + signature.size() * 4 / 3 + 64);
    jws.append(R"({"protected":")").append(input.first(dot)).append(R"(","payload":")");
    jws.append(input.sliced(dot + 1)).append(R"(","signature":")").append(base64url::encode(signature));
    return jws.append(R"("})");
}

} // namespace

QByteArray signatureAlgorithmName(SignatureAlgorithm algorithm)
{
    switch (algorithm) {
    case SignatureAlgorithm::ES256:
        return "ES256"_ba;
    case SignatureAlgorithm::ES384:
        return "ES384"_ba;
    case SignatureAlgorithm::RS256:
        return "RS256"_ba;
    case SignatureAlgorithm::EdDSA:
        return "EdDSA"_ba;
    }
    Q_UNREACHABLE();
}

base::Result<SignatureAlgorithm> algorithmFor(const crypto::PublicKey& key)
{
    if (!key.type())
        return base::failed(base::ErrorCode::Unsupported,
                            u"JOSE has no algorithm for a key of %1"_s.arg(key.description()));
    switch (*key.type()) {
    case crypto::KeyType::EcP256:
        return SignatureAlgorithm::ES256;
    case crypto::KeyType::EcP384:
        return SignatureAlgorithm::ES384;
    case crypto::KeyType::Ed25519:
        return SignatureAlgorithm::EdDSA;
    default:
        return SignatureAlgorithm::RS256;
    }
}

QByteArray macAlgorithmName(MacAlgorithm algorithm)
{
    const QLatin1StringView name = macOf(algorithm).name;
    return QByteArray(name.data(), name.size());
}

base::Result<MacAlgorithm> macAlgorithmFromName(QStringView name)
{
    const auto* mac = std::ranges::find_if(macs, [name](const Mac& candidate) { return candidate.name == name; });
    if (mac == macs.end())
        return base::invalid(u"algorithm"_s, u"“%1” is no MAC algorithm; there are HS256, HS384 and HS512"_s.arg(name));
    return mac->algorithm;
}

QByteArray mac(MacAlgorithm algorithm, const base::Secret& macKey, QByteArrayView data)
{
    return crypto::hmac(macOf(algorithm).digest, macKey, data);
}

base::Result<QByteArray> signFlattened(const crypto::PrivateKey& key, QByteArrayView protectedHeader,
                                       QByteArrayView payload)
{
    const QByteArray input = signingInput(protectedHeader, payload);
    const auto signature = key.signJws(input);
    if (!signature)
        return base::failed(signature.error());
    return flattened(input, *signature);
}

base::Result<QByteArray> signFlattened(const crypto::PrivateKey& key, const QJsonObject& protectedHeader,
                                       QByteArrayView payload)
{
    return signFlattened(key, QJsonDocument(protectedHeader).toJson(QJsonDocument::Compact), payload);
}

base::Result<QByteArray> signMac(const base::Secret& macKey, MacAlgorithm algorithm, QByteArrayView protectedHeader,
                                 QByteArrayView payload)
{
    if (macKey.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"the MAC key is empty"_s);
    const QByteArray input = signingInput(protectedHeader, payload);
    return flattened(input, mac(algorithm, macKey, input));
}

} // namespace jose
