// SPDX-License-Identifier: Apache-2.0
#include "acme/challenge.h"

#include "acme/resource_url.h"
#include "acme/timestamp.h"
#include "base/name_table.h"

#include <QJsonArray>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array challengeStatusNames {
    base::Named {ChallengeStatus::Pending, u"pending"},
    base::Named {ChallengeStatus::Processing, u"processing"},
    base::Named {ChallengeStatus::Valid, u"valid"},
    base::Named {ChallengeStatus::Invalid, u"invalid"},
};

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
    return base::nameIn(challengeStatusNames, status, u"unknown"_s);
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
    challenge.status = base::valueIn(challengeStatusNames, challenge.statusText).value_or(ChallengeStatus::Unknown);
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
