// SPDX-License-Identifier: Apache-2.0
#include "jose/base64url.h"
#include "jose/jws.h"

#include <QJsonDocument>

namespace jose {
namespace {

using namespace Qt::StringLiterals;

/// A JWS taken apart, before anything is known to be true about it.
struct Parts {
    QByteArray input;
    QByteArray signature;
    VerifiedJws claimed;
};

tl::unexpected<base::Error> forged()
{
    return base::failed(base::ErrorCode::Crypto, u"the signature of the JWS is not one of this key"_s);
}

base::Result<Parts> takeApart(QByteArrayView jws)
{
    const QJsonObject json = QJsonDocument::fromJson(jws.toByteArray()).object();
    const QByteArray header = json.value("protected"_L1).toString().toLatin1();
    const QByteArray payload = json.value("payload"_L1).toString().toLatin1();
    const auto headerText = base64url::decode(header);
    const auto payloadBytes = base64url::decode(payload);
    const auto signature = base64url::decode(json.value("signature"_L1).toString().toLatin1());
    if (!headerText || !payloadBytes || !signature || headerText->isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"this is no JWS in flattened JSON serialization"_s);
    const QJsonObject protectedHeader = QJsonDocument::fromJson(*headerText).object();
    return Parts {header + '.' + payload, *signature, VerifiedJws {protectedHeader, *payloadBytes}};
}

QString algorithmOf(const Parts& parts)
{
    return parts.claimed.protectedHeader.value("alg"_L1).toString();
}

} // namespace

base::Result<VerifiedJws> verifyFlattened(QByteArrayView jws, const crypto::PublicKey& key)
{
    auto parts = takeApart(jws);
    if (!parts)
        return base::failed(std::move(parts).error());
    const auto algorithm = algorithmFor(key);
    if (!algorithm || algorithmOf(*parts).toLatin1() != signatureAlgorithmName(*algorithm))
        return base::failed(base::ErrorCode::Crypto, u"the algorithm of the JWS does not fit the key"_s);
    if (!key.verifyJws(parts->input, parts->signature))
        return forged();
    return std::move(parts->claimed);
}

base::Result<VerifiedJws> verifyMac(QByteArrayView jws, const base::Secret& macKey)
{
    auto parts = takeApart(jws);
    if (!parts)
        return base::failed(std::move(parts).error());
    const auto algorithm = macAlgorithmFromName(algorithmOf(*parts));
    if (!algorithm)
        return base::failed(base::ErrorCode::Crypto, u"the algorithm of the JWS is no MAC"_s);
    // Secrets compare in constant time.
    if (base::Secret(mac(*algorithm, macKey, parts->input)) != base::Secret(parts->signature))
        return forged();
    return std::move(parts->claimed);
}

} // namespace jose
