// SPDX-License-Identifier: Apache-2.0
#include "jose/private_jwk.h"

#include "crypto/private_key_components.h"
#include "jose/base64url.h"
#include "jose/jwk.h"

namespace jose {
namespace {

using namespace Qt::StringLiterals;

base::Secret number(const QJsonObject& jwk, QLatin1StringView member)
{
    QByteArray text = jwk.value(member).toString().toLatin1();
    auto bytes = base64url::decode(text);
    base::wipe(text);
    if (!bytes)
        return base::Secret();
    base::Secret secret(*bytes);
    base::wipe(*bytes);
    return secret;
}

} // namespace

base::Result<crypto::PrivateKey> privateKeyFromJwk(const QJsonObject& jwk)
{
    const auto publicHalf = publicKeyFromJwk(jwk);
    if (!publicHalf)
        return base::failed(publicHalf.error());
    crypto::PrivateKeyComponents components {publicHalf->components(), number(jwk, "d"_L1)};
    if (components.d.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"the JWK holds no private key"_s);
    components.p = number(jwk, "p"_L1);
    components.q = number(jwk, "q"_L1);
    components.dp = number(jwk, "dp"_L1);
    components.dq = number(jwk, "dq"_L1);
    components.qi = number(jwk, "qi"_L1);
    return crypto::privateKeyFrom(components);
}

} // namespace jose
