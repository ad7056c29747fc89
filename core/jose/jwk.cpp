// SPDX-License-Identifier: Apache-2.0
#include "jose/jwk.h"

#include "crypto/digest.h"
#include "jose/base64url.h"

#include <QJsonDocument>

namespace jose {
namespace {

using namespace Qt::StringLiterals;

tl::unexpected<base::Error> noJwk()
{
    return base::failed(base::ErrorCode::InvalidInput, u"this is no JWK of a known kind"_s);
}

QByteArray text(const crypto::EcPoint& point)
{
    return R"({"crv":")" + point.curve + R"(","kty":"EC","x":")" + base64url::encode(point.x) + R"(","y":")"
        + base64url::encode(point.y) + R"("})";
}

QByteArray text(const crypto::RsaNumbers& numbers)
{
    return R"({"e":")" + base64url::encode(numbers.exponent) + R"(","kty":"RSA","n":")"
        + base64url::encode(numbers.modulus) + R"("})";
}

QByteArray text(const crypto::OctetPoint& point)
{
    return R"({"crv":")" + point.curve + R"(","kty":"OKP","x":")" + base64url::encode(point.x) + R"("})";
}

QByteArray text(std::monostate)
{
    return QByteArray();
}

base::Result<QByteArray> bytes(const QJsonObject& jwk, QLatin1StringView member)
{
    return base64url::decode(jwk.value(member).toString().toLatin1());
}

crypto::PublicKeyComponents componentsOf(const QJsonObject& jwk)
{
    const QString kind = jwk.value("kty"_L1).toString();
    const QByteArray curve = jwk.value("crv"_L1).toString().toLatin1();
    const auto x = bytes(jwk, "x"_L1);
    const auto y = bytes(jwk, "y"_L1);
    const auto n = bytes(jwk, "n"_L1);
    const auto e = bytes(jwk, "e"_L1);
    if (kind == "EC"_L1 && x && y)
        return crypto::EcPoint {curve, *x, *y};
    if (kind == "RSA"_L1 && n && e)
        return crypto::RsaNumbers {*n, *e};
    if (kind == "OKP"_L1 && x)
        return crypto::OctetPoint {curve, *x};
    return std::monostate();
}

} // namespace

base::Result<QByteArray> jwk(const crypto::PublicKey& key)
{
    QByteArray written = std::visit([](const auto& components) { return text(components); }, key.components());
    if (written.isEmpty())
        return base::failed(base::ErrorCode::Unsupported, u"JOSE has no name for a key of %1"_s.arg(key.description()));
    return written;
}

base::Result<QJsonObject> jwkObject(const crypto::PublicKey& key)
{
    const auto written = jwk(key);
    if (!written)
        return base::failed(written.error());
    return QJsonDocument::fromJson(*written).object();
}

base::Result<crypto::PublicKey> publicKeyFromJwk(const QJsonObject& jwk)
{
    const auto components = componentsOf(jwk);
    return std::holds_alternative<std::monostate>(components) ? noJwk() : crypto::PublicKey::fromComponents(components);
}

base::Result<QByteArray> thumbprint(const crypto::PublicKey& key)
{
    const auto written = jwk(key);
    if (!written)
        return base::failed(written.error());
    return base64url::encode(crypto::digest(crypto::DigestAlgorithm::Sha256, *written));
}

} // namespace jose
