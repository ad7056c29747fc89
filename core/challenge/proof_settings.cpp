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

ProofSettings ProofSettings::http01Remote(const QString& host, const QString& folder)
{
    return {u"http-01"_s, {}, folder, {}, {}, host};
}

ProofSettings ProofSettings::tlsAlpn01Listening(const QString& address)
{
    return {u"tls-alpn-01"_s, address, {}};
}

ProofSettings ProofSettings::dns(const QString& type, const SolverSettings& settings)
{
    return {type, {}, {}, settings.id, settings.name};
}

ProofSettings ProofSettings::dns01(const SolverSettings& settings)
{
    return dns(u"dns-01"_s, settings);
}

QJsonObject ProofSettings::toJson() const
{
    QJsonObject json;
    insertUnlessEmpty(json, u"challenge"_s, challengeType);
    insertUnlessEmpty(json, u"listen"_s, listenAddress);
    insertUnlessEmpty(json, u"webroot"_s, webroot);
    insertUnlessEmpty(json, u"solver"_s, solverId);
    insertUnlessEmpty(json, u"solverName"_s, solverName);
    insertUnlessEmpty(json, u"host"_s, host);
    return json;
}

ProofSettings ProofSettings::fromJson(const QJsonObject& json)
{
    return {json.value("challenge"_L1).toString(),  json.value("listen"_L1).toString(),
            json.value("webroot"_L1).toString(),    json.value("solver"_L1).toString(),
            json.value("solverName"_L1).toString(), json.value("host"_L1).toString()};
}

QString ProofSettings::summary() const
{
    if (!solverName.isEmpty())
        return u"%1 by %2"_s.arg(challengeType, solverName);
    if (!host.isEmpty())
        return u"%1 in %2 on %3"_s.arg(challengeType, webroot, host);
    if (!webroot.isEmpty())
        return u"%1 in %2"_s.arg(challengeType, webroot);
    return listenAddress.isEmpty() ? challengeType : u"%1 on %2"_s.arg(challengeType, listenAddress);
}

} // namespace challenge
