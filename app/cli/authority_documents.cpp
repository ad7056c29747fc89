// SPDX-License-Identifier: Apache-2.0
#include "app/cli/authority_documents.h"

#include "app/cli/documents.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::Authority;
using lifecycle::AuthorityCondition;
using lifecycle::CertificateFacts;

QJsonArray documentsOfFacts(const QList<CertificateFacts>& certificates)
{
    QJsonArray all;
    for (const CertificateFacts& certificate : certificates)
        all.append(documentOf(certificate));
    return all;
}

QJsonObject stopDocument(const Authority& authority, const AuthorityCondition& condition)
{
    const lifecycle::RootComparison comparison = lifecycle::compareRoots(authority.rootsPem, condition.servedPem);
    return {
        {u"since"_s, timeValue(condition.stoppedAt)},
        {u"reason"_s, condition.stopReason},
        {u"served"_s, documentsOfFacts(comparison.served)},
        {u"servedRoot"_s, comparison.servedRoot ? documentOf(*comparison.servedRoot) : QJsonValue()},
        {u"namedRoot"_s, comparison.namedRoot},
        {u"leadsToPinnedRoot"_s, comparison.leadsToPinned},
        {u"explanation"_s, stopText(authority, condition)},
    };
}

} // namespace

QJsonObject documentOf(const CertificateFacts& certificate)
{
    return {
        {u"subject"_s, certificate.subject},
        {u"issuer"_s, certificate.issuer},
        {u"serial"_s, certificate.serial},
        {u"notBefore"_s, timeValue(certificate.notBefore)},
        {u"notAfter"_s, timeValue(certificate.notAfter)},
        {u"sha256"_s, certificate.sha256},
        {u"key"_s, certificate.key},
    };
}

QJsonObject documentOf(const Authority& authority, const AuthorityCondition& condition)
{
    QJsonObject json = documentOf(authority);
    json[u"pinnedRoots"_s] = documentsOfFacts(lifecycle::certificateFacts(authority.rootsPem));
    json[u"issuingRoots"_s] = documentsOfFacts(lifecycle::certificateFacts(authority.issuingRootsPem));
    json[u"proxyCredentials"_s] = !authority.proxyCredentials.isEmpty();
    json[u"reachable"_s] = condition.checkedAt.isValid() ? QJsonValue(condition.isReachable()) : QJsonValue();
    json[u"lookedAt"_s] = timeValue(condition.checkedAt);
    json[u"latencyMs"_s] = condition.latencyMs < 0 ? QJsonValue() : QJsonValue(condition.latencyMs);
    json[u"clockOffsetSeconds"_s] =
        condition.clockOffsetMs ? QJsonValue(static_cast<double>(*condition.clockOffsetMs) / 1000.0) : QJsonValue();
    json[u"rateLimitedUntil"_s] = timeValue(condition.rateLimitedUntil);
    json[u"lookError"_s] = condition.error ? QJsonValue(condition.error->toJson()) : QJsonValue();
    json[u"stopped"_s] = condition.isStopped() ? QJsonValue(stopDocument(authority, condition)) : QJsonValue();
    return json;
}

QString clockSkewText(const AuthorityCondition& condition)
{
    if (!condition.clockOffsetMs || qAbs(*condition.clockOffsetMs) < lifecycle::ClockSkewWorthTellingMs)
        return {};
    const qint64 seconds = qAbs(*condition.clockOffsetMs) / 1000;
    const QString direction = *condition.clockOffsetMs > 0 ? u"ahead of"_s : u"behind"_s;
    return u"the authority's clock is %1 s %2 the clock of this machine; certificates may seem not valid yet or "
           "expired, so set both by NTP"_s.arg(seconds)
               .arg(direction);
}

QString stopText(const Authority& authority, const AuthorityCondition& condition)
{
    if (!condition.isStopped())
        return {};
    const lifecycle::RootComparison comparison = lifecycle::compareRoots(authority.rootsPem, condition.servedPem);
    const QString what = u"nothing is sent: %1."_s.arg(condition.stopReason);
    if (comparison.leadsToPinned)
        return what
            + u" The pinned root did sign what the server shows, so the server's own certificate is at fault: ask the "
              "authority's operator to mend it"_s;
    const QString ways =
        u" Compare its SHA-256 with the authority's operator, then accept it with “authority update NAME --add-root "
        "PEM” (beside the old one), “--root PEM” (instead) or “--root-fingerprint SHA256”"_s;
    if (comparison.servedRoot)
        return what
            + u" The server now shows the root “%1”, SHA-256 %2."_s.arg(comparison.servedRoot->subject,
                                                                        comparison.servedRoot->sha256)
            + ways;
    if (comparison.served.isEmpty())
        return what + u" What it shows could not be looked at."_s + ways;
    return what
        + u" The server does not send its root, it only names “%1”: get the root from the authority's "
          "operator."_s.arg(comparison.namedRoot)
        + ways;
}

} // namespace cli
