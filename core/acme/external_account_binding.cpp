// SPDX-License-Identifier: Apache-2.0
#include "acme/external_account_binding.h"

#include "jose/jwk.h"

#include <QJsonDocument>

#include <algorithm>
#include <cctype>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortestKey = 8; // bytes; less is a slip of the clipboard

QByteArray withoutQuotesAndBlanks(const base::Secret& text)
{
    QByteArray kept;
    kept.reserve(text.size());
    for (const char c : text.view())
        if (!std::isspace(static_cast<unsigned char>(c)) && c != '"' && c != '\'' && c != '`')
            kept.append(c);
    while (kept.endsWith('='))
        kept.chop(1);
    return kept;
}

bool isOf(const QByteArray& text, const char* lastTwo)
{
    return std::all_of(text.begin(), text.end(), [lastTwo](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == lastTwo[0] || c == lastTwo[1];
    });
}

base::Secret decodeText(const QByteArray& text)
{
    const bool url = isOf(text, "-_");
    if ((!url && !isOf(text, "+/")) || text.size() % 4 == 1)
        return base::Secret();
    QByteArray bytes = QByteArray::fromBase64(text, url ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding);
    base::Secret key(bytes);
    base::wipe(bytes);
    return key;
}

base::Secret decodeOnce(const base::Secret& encoded)
{
    QByteArray text = withoutQuotesAndBlanks(encoded);
    base::Secret key = decodeText(text);
    base::wipe(text);
    return key.size() < shortestKey ? base::Secret() : std::move(key);
}

} // namespace

base::Result<QJsonObject> ExternalAccountBinding::sign(const crypto::PublicKey& accountKey,
                                                       const QUrl& newAccountUrl) const
{
    base::Result<QByteArray> jwk = jose::jwk(accountKey);
    if (!jwk)
        return base::failed(std::move(jwk).error());
    const QJsonObject header {{u"alg"_s, QString::fromLatin1(jose::macAlgorithmName(algorithm))},
                              {u"kid"_s, kid},
                              {u"url"_s, newAccountUrl.toString(QUrl::FullyEncoded)}};
    const QByteArray protectedHeader = QJsonDocument(header).toJson(QJsonDocument::Compact);
    base::Result<QByteArray> jws = jose::signMac(macKey, algorithm, protectedHeader, *jwk);
    if (!jws)
        return base::failed(std::move(jws).error());
    return QJsonDocument::fromJson(*jws).object();
}

ExternalAccountBinding ExternalAccountBinding::clone() const
{
    return ExternalAccountBinding {kid, macKey.clone(), algorithm};
}

base::Result<DecodedMacKey> decodeMacKey(const base::Secret& text)
{
    base::Secret key = decodeOnce(text);
    if (key.isEmpty())
        return base::invalid(
            u"eabKey"_s, u"the HMAC key is neither base64url nor base64 text of at least %1 bytes"_s.arg(shortestKey));
    const bool again = !decodeOnce(key).isEmpty();
    return DecodedMacKey {std::move(key), again};
}

base::Result<DecodedMacKey> decodeMacKeyAgain(const DecodedMacKey& decoded)
{
    return decodeMacKey(decoded.key);
}

} // namespace acme
