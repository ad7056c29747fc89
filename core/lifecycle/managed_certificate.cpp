// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/managed_certificate.h"

#include <QJsonArray>

#include <array>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array allStates {CertificateState::Valid,   CertificateState::Renewing,  CertificateState::Due,
                                CertificateState::Pending, CertificateState::Failed,    CertificateState::Expired,
                                CertificateState::Revoked, CertificateState::Superseded};

QStringList strings(const QJsonArray& array)
{
    QStringList texts;
    for (const QJsonValue& value : array)
        texts.append(value.toString());
    return texts;
}

} // namespace

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
    IssueRequest request;
    request.names = *std::move(names);
    request.authorityId = json[u"authority"_s].toString();
    request.accountId = json[u"account"_s].toString();
    request.keyType = *keyType;
    request.profile = json[u"profile"_s].toString();
    request.proof = challenge::ProofSettings::fromJson(json[u"proof"_s].toObject());
    request.certificateId = json[u"certificate"_s].toString();
    request.waitSeconds = json[u"waitSeconds"_s].toInteger();
    return request;
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
