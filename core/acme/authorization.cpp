// SPDX-License-Identifier: Apache-2.0
#include "acme/authorization.h"

#include "acme/timestamp.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

struct StatusName {
    AuthorizationStatus status;
    const char16_t* name;
};

constexpr std::array statusNames {
    StatusName {AuthorizationStatus::Pending, u"pending"},
    StatusName {AuthorizationStatus::Valid, u"valid"},
    StatusName {AuthorizationStatus::Invalid, u"invalid"},
    StatusName {AuthorizationStatus::Deactivated, u"deactivated"},
    StatusName {AuthorizationStatus::Expired, u"expired"},
    StatusName {AuthorizationStatus::Revoked, u"revoked"},
};

AuthorizationStatus statusFromText(const QString& text)
{
    for (const StatusName& entry : statusNames)
        if (text == QStringView(entry.name))
            return entry.status;
    return AuthorizationStatus::Unknown;
}

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
    for (const StatusName& entry : statusNames)
        if (entry.status == status)
            return QString::fromUtf16(entry.name);
    return u"unknown"_s;
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
    authorization.status = statusFromText(authorization.statusText);
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
