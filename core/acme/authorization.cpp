// SPDX-License-Identifier: Apache-2.0
#include "acme/authorization.h"

#include "acme/timestamp.h"
#include "base/name_table.h"

#include <QJsonArray>

#include <algorithm>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array authorizationStatusNames {
    base::Named {AuthorizationStatus::Pending, u"pending"},
    base::Named {AuthorizationStatus::Valid, u"valid"},
    base::Named {AuthorizationStatus::Invalid, u"invalid"},
    base::Named {AuthorizationStatus::Deactivated, u"deactivated"},
    base::Named {AuthorizationStatus::Expired, u"expired"},
    base::Named {AuthorizationStatus::Revoked, u"revoked"},
};

// One challenge that cannot be read must not hide the others.
QList<Challenge> challengesFromJson(const QJsonArray& entries, const QUrl& requestUrl)
{
    QList<Challenge> challenges;
    for (const QJsonValue& entry : entries) {
        base::Result<Challenge> challenge = Challenge::fromJson(entry.toObject(), requestUrl);
        if (challenge && !challenge->type.isEmpty() && !challenge->url.isEmpty())
            challenges.append(*std::move(challenge));
    }
    return challenges;
}

} // namespace

QString statusName(AuthorizationStatus status)
{
    return base::nameIn(authorizationStatusNames, status, u"unknown"_s);
}

base::Result<Authorization> Authorization::fromJson(const QJsonObject& json, const QUrl& url)
{
    const QJsonObject identifier = json[u"identifier"_s].toObject();
    QString value = identifier[u"value"_s].toString().toLower();
    Authorization authorization;
    authorization.url = url;
    authorization.wildcard = json[u"wildcard"_s].toBool() || value.startsWith(u"*."_s);
    authorization.identifierType = identifier[u"type"_s].toString();
    authorization.identifierValue = value.startsWith(u"*."_s) ? value.mid(2) : value;
    authorization.statusText = json[u"status"_s].toString();
    authorization.status =
        base::valueIn(authorizationStatusNames, authorization.statusText).value_or(AuthorizationStatus::Unknown);
    authorization.expires = timestamp(json[u"expires"_s]);
    authorization.challenges = challengesFromJson(json[u"challenges"_s].toArray(), url);
    return authorization;
}

QString Authorization::displayName() const
{
    return wildcard ? u"*."_s + identifierValue : identifierValue;
}

std::optional<Challenge> Authorization::challenge(QStringView type) const
{
    const auto found = std::find_if(challenges.begin(), challenges.end(),
                                    [type](const Challenge& challenge) { return challenge.type == type; });
    return found == challenges.end() ? std::nullopt : std::optional(*found);
}

} // namespace acme
