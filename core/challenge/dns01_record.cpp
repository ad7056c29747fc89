// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_record.h"

#include "crypto/digest.h"

namespace challenge {

using namespace Qt::StringLiterals;

QJsonObject Dns01Place::toJson() const
{
    return {{u"record"_s, name}, {u"zone"_s, zone}, {u"solver"_s, settingsId}};
}

Dns01Place Dns01Place::fromJson(const QJsonObject& json)
{
    return {json.value("record"_L1).toString(), json.value("zone"_L1).toString(), json.value("solver"_L1).toString()};
}

QString dns01RecordName(const base::Identifier& identifier)
{
    return u"_acme-challenge."_s + identifier.baseName();
}

QByteArray dns01Value(const QString& keyAuthorization)
{
    return crypto::digest(crypto::DigestAlgorithm::Sha256, keyAuthorization.toUtf8())
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace challenge
