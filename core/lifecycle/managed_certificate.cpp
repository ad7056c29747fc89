// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/managed_certificate.h"

#include <QJsonArray>

#include <array>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 usualWaitSeconds = 24LL * 60 * 60;

constexpr std::array allStates {CertificateState::Valid,   CertificateState::Renewing, CertificateState::Due,
                                CertificateState::Pending, CertificateState::NeedsCsr, CertificateState::Failed,
                                CertificateState::Expired, CertificateState::Revoked,  CertificateState::Superseded};

QStringList strings(const QJsonArray& array)
{
    QStringList texts;
    for (const QJsonValue& value : array)
        texts.append(value.toString());
    return texts;
}

void putTime(QJsonObject& json, const QString& name, const QDateTime& time)
{
    if (time.isValid())
        json[name] = time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime timeIn(const QJsonValue& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QJsonObject optionsJson(const IssueRequest& request)
{
    QJsonObject json {
        {u"lifetimeSeconds"_s, request.lifetimeSeconds},
        {u"preferredChain"_s, request.preferredChain},
        {u"csr"_s, QString::fromLatin1(request.csrDer.toBase64())},
        {u"reuseCsr"_s, request.reuseCsr},
        {u"keepKey"_s, request.keepKey},
        {u"mustStaple"_s, request.mustStaple},
        {u"preauthorize"_s, request.preauthorize},
    };
    putTime(json, u"notBefore"_s, request.notBefore);
    putTime(json, u"notAfter"_s, request.notAfter);
    return json;
}

void readOptions(const QJsonObject& json, IssueRequest& request)
{
    request.notBefore = timeIn(json[u"notBefore"_s]);
    request.notAfter = timeIn(json[u"notAfter"_s]);
    request.lifetimeSeconds = json[u"lifetimeSeconds"_s].toInteger();
    request.preferredChain = json[u"preferredChain"_s].toString();
    request.csrDer = QByteArray::fromBase64(json[u"csr"_s].toString().toLatin1());
    request.reuseCsr = json[u"reuseCsr"_s].toBool();
    request.keepKey = json[u"keepKey"_s].toBool();
    request.mustStaple = json[u"mustStaple"_s].toBool();
    request.preauthorize = json[u"preauthorize"_s].toBool();
}

} // namespace

QDateTime IssueRequest::deadline(const QDateTime& now) const
{
    return now.addSecs(waitSeconds > 0 ? waitSeconds : usualWaitSeconds);
}

IssueRequest IssueRequest::forOrder(const QDateTime& now) const
{
    IssueRequest request = *this;
    if (lifetimeSeconds > 0 && !notAfter.isValid())
        request.notAfter = (notBefore.isValid() ? notBefore : now).addSecs(lifetimeSeconds);
    return request;
}

IssueRequest IssueRequest::forRenewals(const QDateTime& now) const
{
    IssueRequest request = *this;
    if (notAfter.isValid())
        request.lifetimeSeconds = (notBefore.isValid() ? notBefore : now).secsTo(notAfter);
    request.notBefore = {};
    request.notAfter = {};
    request.tags.clear();
    return request;
}

QJsonObject IssueRequest::toJson() const
{
    QJsonObject json;
    json[u"names"_s] = QJsonArray::fromStringList(base::identifierValues(names));
    json[u"authority"_s] = authorityId;
    json[u"account"_s] = accountId;
    json[u"key"_s] = crypto::keyTypeName(keyType);
    json[u"profile"_s] = profile;
    json[u"proof"_s] = proof.toJson();
    json[u"certificate"_s] = certificateId;
    json[u"waitSeconds"_s] = waitSeconds;
    json[u"options"_s] = optionsJson(*this);
    if (!tags.isEmpty())
        json[u"tags"_s] = QJsonArray::fromStringList(tagNames(tags));
    return json;
}

base::Result<IssueRequest> IssueRequest::fromJson(const QJsonObject& json)
{
    auto names = base::parseIdentifiers(strings(json[u"names"_s].toArray()));
    if (!names)
        return tl::unexpected(std::move(names).error());
    auto keyType = crypto::keyTypeFromName(json[u"key"_s].toString());
    if (!keyType)
        return tl::unexpected(std::move(keyType).error());
    auto tags = parseTags(strings(json[u"tags"_s].toArray()));
    if (!tags)
        return tl::unexpected(std::move(tags).error());
    IssueRequest request;
    request.names = *std::move(names);
    request.authorityId = json[u"authority"_s].toString();
    request.accountId = json[u"account"_s].toString();
    request.keyType = *keyType;
    request.profile = json[u"profile"_s].toString();
    request.proof = challenge::ProofSettings::fromJson(json[u"proof"_s].toObject());
    request.certificateId = json[u"certificate"_s].toString();
    request.waitSeconds = json[u"waitSeconds"_s].toInteger();
    request.tags = *std::move(tags);
    readOptions(json[u"options"_s].toObject(), request);
    return request;
}

bool isVersion(const CertificateVersion& version, const QString& idOrSerial)
{
    QString serial = idOrSerial;
    return version.id == idOrSerial || serial.remove(u':').compare(version.serial, Qt::CaseInsensitive) == 0;
}

QString certificateStateName(CertificateState state)
{
    switch (state) {
    case CertificateState::Valid:
        return u"valid"_s;
    case CertificateState::Renewing:
        return u"renewing"_s;
    case CertificateState::Due:
        return u"due"_s;
    case CertificateState::Pending:
        return u"pending"_s;
    case CertificateState::NeedsCsr:
        return u"needs-csr"_s;
    case CertificateState::Failed:
        return u"failed"_s;
    case CertificateState::Expired:
        return u"expired"_s;
    case CertificateState::Revoked:
        return u"revoked"_s;
    case CertificateState::Superseded:
        return u"superseded"_s;
    }
    return QString();
}

CertificateState certificateStateFromName(QStringView name)
{
    for (const CertificateState state : allStates)
        if (name == certificateStateName(state))
            return state;
    return CertificateState::Pending;
}

} // namespace lifecycle
