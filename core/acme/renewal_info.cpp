// SPDX-License-Identifier: Apache-2.0
#include "acme/renewal_info.h"

#include "acme/timestamp.h"
#include "jose/base64url.h"

namespace acme {
namespace {

using namespace Qt::StringLiterals;

}

base::Result<RenewalInfo> RenewalInfo::fromJson(const QJsonObject& json)
{
    const QJsonObject window = json[u"suggestedWindow"_s].toObject();
    const std::optional<QDateTime> start = timestamp(window[u"start"_s]);
    const std::optional<QDateTime> end = timestamp(window[u"end"_s]);
    if (!start || !end || *end < *start)
        return base::failed(base::ErrorCode::Protocol, u"the renewal information has no suggested window"_s);
    return RenewalInfo {*start, *end, QUrl(json[u"explanationURL"_s].toString()), std::nullopt};
}

base::Result<QString> renewalIdentifier(QByteArrayView authorityKeyId, QByteArrayView serialDer)
{
    if (authorityKeyId.isEmpty() || serialDer.isEmpty())
        return base::failed(base::ErrorCode::Unsupported, u"the certificate does not name its issuer's key"_s);
    return QString::fromLatin1(jose::base64url::encode(authorityKeyId) + '.' + jose::base64url::encode(serialDer));
}

} // namespace acme
