// SPDX-License-Identifier: Apache-2.0
#include "acme/challenge.h"

#include "acme/resource_url.h"
#include "acme/timestamp.h"

#include <QJsonArray>

#include <array>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

struct StatusName {
    ChallengeStatus status;
    const char16_t* name;
};

constexpr std::array statusNames {
    StatusName {ChallengeStatus::Pending, u"pending"},
    StatusName {ChallengeStatus::Processing, u"processing"},
    StatusName {ChallengeStatus::Valid, u"valid"},
    StatusName {ChallengeStatus::Invalid, u"invalid"},
};

ChallengeStatus statusFromText(const QString& text)
{
    for (const StatusName& entry : statusNames)
        if (text == QStringView(entry.name))
            return entry.status;
    return ChallengeStatus::Unknown;
}

QStringList issuersFrom(const QJsonObject& json)
{
    const QJsonValue newer = json[u"issuerDomainNames"_s];
    const QJsonArray entries = newer.isArray() ? newer.toArray() : json[u"issuer-domain-names"_s].toArray();
    QStringList issuers;
    for (const QJsonValue& entry : entries)
        issuers.append(entry.toString());
    return issuers;
}

} // namespace

QString statusName(ChallengeStatus status)
{
    for (const StatusName& entry : statusNames)
        if (entry.status == status)
            return QString::fromUtf16(entry.name);
    return u"unknown"_s;
}

base::Result<Challenge> Challenge::fromJson(const QJsonObject& json, const QUrl& requestUrl)
{
    base::Result<QUrl> url = resourceUrl(json[u"url"_s], requestUrl);
    if (!url)
        return base::failed(std::move(url).error());
    Challenge challenge;
    challenge.type = json[u"type"_s].toString();
    challenge.url = *url;
    challenge.statusText = json[u"status"_s].toString();
    challenge.status = statusFromText(challenge.statusText);
    challenge.token = json[u"token"_s].toString();
    challenge.issuerDomainNames = issuersFrom(json);
    challenge.accountUri = json[u"accounturi"_s].toString();
    challenge.validated = timestamp(json[u"validated"_s]);
    challenge.verbatim = json;
    const QJsonObject error = json[u"error"_s].toObject();
    if (!error.isEmpty())
        challenge.error = base::ProblemDocument::fromJson(error, 0);
    return challenge;
}

} // namespace acme
