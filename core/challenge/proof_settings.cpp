// SPDX-License-Identifier: Apache-2.0
#include "challenge/proof_settings.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

void insertUnlessEmpty(QJsonObject& json, const QString& key, const QString& value)
{
    if (!value.isEmpty())
        json.insert(key, value);
}

} // namespace

ProofSettings ProofSettings::http01Listening(const QString& address)
{
    return {u"http-01"_s, address, {}};
}

ProofSettings ProofSettings::http01Webroot(const QString& folder)
{
    return {u"http-01"_s, {}, folder};
}

ProofSettings ProofSettings::dns01(const DnsUpdateSettings& settings)
{
    return {u"dns-01"_s, {}, {}, settings.id, settings.name};
}

QJsonObject ProofSettings::toJson() const
{
    QJsonObject json;
    insertUnlessEmpty(json, u"challenge"_s, challengeType);
    insertUnlessEmpty(json, u"listen"_s, listenAddress);
    insertUnlessEmpty(json, u"webroot"_s, webroot);
    insertUnlessEmpty(json, u"solver"_s, solverId);
    insertUnlessEmpty(json, u"solverName"_s, solverName);
    return json;
}

ProofSettings ProofSettings::fromJson(const QJsonObject& json)
{
    return {json.value("challenge"_L1).toString(), json.value("listen"_L1).toString(),
            json.value("webroot"_L1).toString(), json.value("solver"_L1).toString(),
            json.value("solverName"_L1).toString()};
}

QString ProofSettings::summary() const
{
    if (!solverName.isEmpty())
        return u"%1 by %2"_s.arg(challengeType, solverName);
    if (!webroot.isEmpty())
        return u"%1 in %2"_s.arg(challengeType, webroot);
    return listenAddress.isEmpty() ? challengeType : u"%1 on %2"_s.arg(challengeType, listenAddress);
}

} // namespace challenge
