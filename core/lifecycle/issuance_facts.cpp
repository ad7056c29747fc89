// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/issuance_facts.h"

#include "crypto/certificate.h"
#include "lifecycle/managed_certificate.h"

#include <QJsonArray>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 sameMomentSeconds = 120;
const QString tlsFeature = u"1.3.6.1.5.5.7.1.24"_s;

QJsonObject chainJson(const OfferedChain& chain)
{
    return {
        {u"root"_s, chain.root},
        {u"issuers"_s, QJsonArray::fromStringList(chain.issuers)},
        {u"sha256"_s, chain.sha256},
        {u"chosen"_s, chain.chosen},
    };
}

QStringList texts(const QJsonArray& array)
{
    QStringList all;
    for (const QJsonValue& value : array)
        all.append(value.toString());
    return all;
}

OfferedChain chainFrom(const QJsonObject& json)
{
    return {json[u"root"_s].toString(), texts(json[u"issuers"_s].toArray()), json[u"sha256"_s].toString(),
            json[u"chosen"_s].toBool()};
}

void compare(const QDateTime& asked, const QDateTime& got, const QString& what, QStringList& remarks)
{
    if (asked.isValid() && std::abs(asked.secsTo(got)) > sameMomentSeconds)
        remarks.append(u"asked for %1 %2, the authority made it %3"_s.arg(what, asked.toUTC().toString(Qt::ISODate),
                                                                          got.toUTC().toString(Qt::ISODate)));
}

bool demandsStapling(const crypto::Certificate& leaf)
{
    const auto extensions = leaf.extensions();
    return std::any_of(extensions.begin(), extensions.end(),
                       [](const crypto::CertificateExtension& extension) { return extension.oid == tlsFeature; });
}

} // namespace

QJsonObject IssuanceFacts::toJson() const
{
    QJsonArray all;
    for (const OfferedChain& chain : chains)
        all.append(chainJson(chain));
    return {
        {u"profile"_s, profile},
        {u"chains"_s, all},
        {u"remarks"_s, QJsonArray::fromStringList(remarks)},
    };
}

IssuanceFacts IssuanceFacts::fromJson(const QJsonObject& json)
{
    IssuanceFacts facts;
    facts.profile = json[u"profile"_s].toString();
    for (const QJsonValue& chain : json[u"chains"_s].toArray())
        facts.chains.append(chainFrom(chain.toObject()));
    facts.remarks = texts(json[u"remarks"_s].toArray());
    return facts;
}

QStringList remarksOn(const crypto::Certificate& leaf, const IssueRequest& request)
{
    QStringList remarks;
    compare(request.notBefore, leaf.notBefore(), u"notBefore"_s, remarks);
    compare(request.notAfter, leaf.notAfter(), u"notAfter"_s, remarks);
    const bool stapling = demandsStapling(leaf);
    if (request.mustStaple && !stapling)
        remarks.append(u"asked for must-staple, the authority left it out"_s);
    if (stapling && leaf.ocspUrls().isEmpty())
        remarks.append(
            u"it demands a stapled OCSP response, but names no OCSP responder: strict clients will refuse it"_s);
    return remarks;
}

} // namespace lifecycle
