// SPDX-License-Identifier: Apache-2.0
#include "acme/resource_url.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

bool hasRelation(const QString& parameters, QStringView relation)
{
    static const QRegularExpression form(u";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;\"]+))"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(parameters);
    const QString relations = match.captured(1) + match.captured(2);
    return relations.split(u' ', Qt::SkipEmptyParts).contains(relation, Qt::CaseInsensitive);
}

} // namespace

base::Result<QUrl> resourceUrl(const QString& text, const QUrl& requestUrl)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return QUrl();
    const QUrl url = requestUrl.resolved(QUrl(trimmed));
    if (!url.isValid() || url.host().isEmpty())
        return base::failed(base::ErrorCode::Protocol,
                            u"the server names the resource \"%1\", which is no URL"_s.arg(trimmed.left(200)));
    if (url.scheme() != u"https"_s)
        return base::failed(base::ErrorCode::Protocol,
                            u"the server names the resource %1, which is not https"_s.arg(trimmed.left(200)));
    return url;
}

base::Result<QUrl> resourceUrl(const QJsonValue& value, const QUrl& requestUrl)
{
    return resourceUrl(value.toString(), requestUrl);
}

base::Result<QList<QUrl>> resourceUrls(const QJsonValue& value, const QUrl& requestUrl)
{
    QList<QUrl> urls;
    const QJsonArray entries = value.toArray();
    for (const QJsonValue& entry : entries) {
        base::Result<QUrl> url = resourceUrl(entry, requestUrl);
        if (!url)
            return base::failed(std::move(url).error());
        if (!url->isEmpty())
            urls.append(*url);
    }
    return urls;
}

base::Result<QUrl> locationOf(const http::HttpResponse& response)
{
    return resourceUrl(QString::fromUtf8(response.header("Location")), response.url);
}

QList<QUrl> linksOf(const http::HttpResponse& response, QStringView relation)
{
    static const QRegularExpression form(u"<([^>]*)>((?:\\s*;[^,;\"]*(?:\"[^\"]*\")?[^,;]*)*)"_s);
    QList<QUrl> links;
    const QList<QByteArray> fields = response.headerValues("Link");
    for (const QByteArray& field : fields) {
        auto matches = form.globalMatch(QString::fromUtf8(field));
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            const base::Result<QUrl> url = resourceUrl(match.captured(1), response.url);
            if (url && !url->isEmpty() && hasRelation(match.captured(2), relation))
                links.append(*url);
        }
    }
    return links;
}

} // namespace acme
