// SPDX-License-Identifier: Apache-2.0
#include "acme/renewal_info.h"

#include "acme/timestamp.h"
#include "jose/base64url.h"

namespace acme {
namespace {

using namespace Qt::StringLiterals;

// Windows offer it as a link, so that it is nothing but a web page.
QUrl webPage(const QString& text)
{
    const QUrl url(text);
    const bool isWebPage = (url.scheme() == u"https"_s || url.scheme() == u"http"_s) && !url.host().isEmpty();
    return isWebPage ? url : QUrl();
}

} // namespace

base::Result<RenewalInfo> RenewalInfo::fromJson(const QJsonObject& json)
{
    const QJsonObject window = json[u"suggestedWindow"_s].toObject();
    const std::optional<QDateTime> start = timestamp(window[u"start"_s]);
    const std::optional<QDateTime> end = timestamp(window[u"end"_s]);
    if (!start || !end)
        return base::failed(base::ErrorCode::Protocol, u"the renewal information has no suggested window"_s);
    if (*end <= *start)
        return base::failed(base::ErrorCode::Protocol,
                            u"the suggested window ends at %1, before it begins at %2"_s.arg(timestampText(*end),
                                                                                             timestampText(*start)));
    return RenewalInfo {*start, *end, webPage(json[u"explanationURL"_s].toString()), std::nullopt};
}

base::Result<QString> renewalIdentifier(QByteArrayView authorityKeyId, QByteArrayView serialDer)
{
    if (authorityKeyId.isEmpty() || serialDer.isEmpty())
        return base::failed(base::ErrorCode::Unsupported, u"the certificate does not name its issuer's key"_s);
    return QString::fromLatin1(jose::base64url::encode(authorityKeyId) + '.' + jose::base64url::encode(serialDer));
}

} // namespace acme
