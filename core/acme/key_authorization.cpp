// SPDX-License-Identifier: Apache-2.0
#include "acme/key_authorization.h"

#include "jose/jwk.h"

#include <algorithm>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestToken = 512;

bool isBase64Url(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
}

} // namespace

bool isSafeToken(QStringView token)
{
    return !token.isEmpty() && token.size() <= longestToken && std::all_of(token.begin(), token.end(), isBase64Url);
}

base::Result<QByteArray> keyAuthorization(QStringView token, const crypto::PublicKey& accountKey)
{
    if (!isSafeToken(token))
        return base::failed(base::ErrorCode::Protocol, u"the challenge's token is not base64url text"_s);
    base::Result<QByteArray> thumbprint = jose::thumbprint(accountKey);
    if (!thumbprint)
        return thumbprint;
    return token.toLatin1() + '.' + *thumbprint;
}

} // namespace acme
