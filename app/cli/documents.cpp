// SPDX-License-Identifier: Apache-2.0
#include "app/cli/documents.h"

#include "inspect/certificate_report.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::CertificateVersion;

const QString approval = u"approval"_s; // of a human at the CA

QJsonArray list(const QStringList& texts)
{
    return QJsonArray::fromStringList(texts);
}

QJsonArray chainDocuments(const QList<lifecycle::OfferedChain>& chains)
{
    QJsonArray documents;
    for (const lifecycle::OfferedChain& chain : chains)
        documents.append(QJsonObject {
            {u"root"_s, chain.root},
            {u"issuers"_s, list(chain.issuers)},
            {u"sha256"_s, chain.sha256},
            {u"chosen"_s, chain.chosen},
        });
    return documents;
}

QJsonObject documentOfVersion(const CertificateVersion& version)
{
    QJsonObject json {
        {u"id"_s, version.id},
        {u"orderId"_s, version.orderId},
        {u"names"_s, list(version.names)},
        {u"subject"_s, version.subject},
        {u"issuer"_s, version.issuer},
        {u"serial"_s, version.serial},
        {u"sha256"_s, version.sha256},
        {u"key"_s, version.keyDescription},
        {u"notBefore"_s, timeValue(version.notBefore)},
        {u"notAfter"_s, timeValue(version.notAfter)},
        {u"issuedAt"_s, timeValue(version.issuedAt)},
        {u"nextRenewal"_s, timeValue(version.renewAt)},
        {u"renewalReason"_s, version.renewalReason},
        {u"chain"_s, QString::fromLatin1(version.chainPem)},
        {u"hasKey"_s, version.hasKey},
        {u"profile"_s, version.facts.profile},
        {u"chains"_s, chainDocuments(version.facts.chains)},
        {u"remarks"_s, list(version.facts.remarks)},
    };
    if (version.revokedAt.isValid()) {
        json[u"revokedAt"_s] = timeValue(version.revokedAt);
        json[u"revocationReason"_s] = lifecycle::revocationReasonName(version.revocationReason);
        json[u"revocationNote"_s] = version.revocationNote;
    }
    return json;
}

QJsonObject documentOfRenewal(const lifecycle::RenewalInformation& renewal)
{
    QJsonObject json {
        {u"chosenAt"_s, timeValue(renewal.chosenAt)},
        {u"askedAt"_s, timeValue(renewal.askedAt)},
        {u"askAt"_s, timeValue(renewal.askAt)},
    };
    if (renewal.window) {
        json[u"windowStart"_s] = timeValue(renewal.window->start);
        json[u"windowEnd"_s] = timeValue(renewal.window->end);
    }
    if (!renewal.explanationUrl.isEmpty())
        json[u"explanationUrl"_s] = renewal.explanationUrl.toString(QUrl::FullyEncoded);
    if (renewal.failure)
        json[u"error"_s] = renewal.failure->toJson();
    return json;
}

QJsonObject metaOf(const lifecycle::AuthorityMeta& meta)
{
    QJsonObject profiles;
    for (auto profile = meta.profiles.begin(); profile != meta.profiles.end(); ++profile)
        profiles[profile.key()] = profile.value();
    return {
        {u"kind"_s, meta.kind},
        {u"termsOfService"_s, meta.termsOfService.toString()},
        {u"website"_s, meta.website.toString()},
        {u"caaIdentities"_s, list(meta.caaIdentities)},
        {u"externalAccountRequired"_s, meta.externalAccountRequired},
        {u"renewalInfo"_s, meta.renewalInfo},
        {u"preauthorization"_s, meta.preauthorization},
        {u"profiles"_s, profiles},
    };
}

void put(QJsonObject& json, const QString& name, const QString& text)
{
    if (!text.isEmpty())
        json[name] = text;
}

/// What was asked for beside the usual; only what was.
void putWishes(QJsonObject& json, const lifecycle::IssueRequest& request)
{
    put(json, u"requestedProfile"_s, request.profile);
    put(json, u"preferredChain"_s, request.preferredChain);
    if (!request.tags.isEmpty())
        json[u"tags"_s] = list(lifecycle::tagNames(request.tags));
    if (request.notBefore.isValid())
        json[u"requestedNotBefore"_s] = timeValue(request.notBefore);
    if (request.notAfter.isValid())
        json[u"requestedNotAfter"_s] = timeValue(request.notAfter);
    for (const auto& [name, wish] : {std::pair {u"csr"_s, !request.csrDer.isEmpty()},
                                     {u"csrReuse"_s, request.reuseCsr},
                                     {u"keepKey"_s, request.keepKey},
                                     {u"mustStaple"_s, request.mustStaple},
                                     {u"preauthorize"_s, request.preauthorize}})
        if (wish)
            json[name] = true;
}

} // namespace

QJsonValue timeValue(const QDateTime& time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

QJsonObject documentOf(const lifecycle::Authority& authority)
{
    return {
        {u"id"_s, authority.id},
        {u"name"_s, authority.name},
        {u"directoryUrl"_s, authority.directoryUrl.toString()},
        {u"roots"_s, QString::fromLatin1(authority.rootsPem)},
        {u"proxy"_s, authority.proxy},
        {u"resolvers"_s, list(authority.resolvers)},
        {u"meta"_s, metaOf(authority.meta)},
        {u"checkedAt"_s, timeValue(authority.checkedAt)},
        {u"createdAt"_s, timeValue(authority.createdAt)},
    };
}

QJsonObject documentOf(const lifecycle::AccountDependents& dependents)
{
    return {
        {u"certificates"_s, list(dependents.certificates)},
        {u"certificateCount"_s, dependents.certificateCount},
        {u"unfinishedOrders"_s, list(dependents.unfinishedOrders)},
        {u"hosts"_s, list(dependents.hosts)},
    };
}

QJsonObject documentOf(const lifecycle::Account& account, const QString& authorityName)
{
    QJsonObject json {
        {u"id"_s, account.id},
        {u"authority"_s, authorityName},
        {u"state"_s, lifecycle::accountStatusName(account.status)},
        {u"url"_s, account.url.toString(QUrl::FullyEncoded)},
        {u"contacts"_s, list(account.contacts)},
        {u"key"_s, crypto::keyTypeName(account.keyType)},
        {u"keyThumbprint"_s, account.keyThumbprint},
        {u"eabCredential"_s, account.eabCredentialId},
        {u"termsAgreed"_s, account.termsAgreed},
        {u"termsUrl"_s, account.termsUrl.toString(QUrl::FullyEncoded)},
        {u"termsAgreedAt"_s, timeValue(account.termsAgreedAt)},
        {u"certificates"_s, account.certificates},
        {u"createdAt"_s, timeValue(account.createdAt)},
        {u"lastUsedAt"_s, timeValue(account.lastUsedAt)},
    };
    if (account.refusal) {
        json[u"lastError"_s] = account.refusal->message();
        json[u"lastErrorAt"_s] = timeValue(account.refusedAt);
    }
    if (account.rollover)
        json[u"rollover"_s] = QJsonObject {{u"key"_s, crypto::keyTypeName(account.rollover->keyType)},
                                           {u"keyThumbprint"_s, account.rollover->keyThumbprint},
                                           {u"startedAt"_s, timeValue(account.rollover->startedAt)}};
    return json;
}

QJsonObject documentOf(const lifecycle::EabCredential& credential, const QString& authorityName)
{
    return {
        {u"id"_s, credential.id},
        {u"authority"_s, authorityName},
        {u"kid"_s, credential.kid},
        {u"algorithm"_s, credential.algorithm},
        {u"label"_s, credential.label},
        {u"owner"_s, credential.owner},
        {u"host"_s, credential.host},
        {u"contacts"_s, list(credential.contacts)},
        {u"expires"_s, timeValue(credential.expiresAt)},
        {u"state"_s, lifecycle::eabStateName(credential.state)},
        {u"refusal"_s, credential.refusal},
        {u"account"_s, credential.accountId},
        {u"boundAt"_s, timeValue(credential.boundAt)},
        {u"createdAt"_s, timeValue(credential.createdAt)},
    };
}

QJsonObject documentOf(const lifecycle::CertificateRow& row)
{
    QJsonObject json {
        {u"id"_s, row.id},
        {u"names"_s, list(row.names)},
        {u"authority"_s, row.authorityName},
        {u"account"_s, row.accountId},
        {u"state"_s, lifecycle::certificateStateName(row.state)},
        {u"serial"_s, row.serial},
        {u"issuer"_s, row.issuer},
        {u"key"_s, row.keyDescription},
        {u"sha256"_s, row.sha256},
        {u"notBefore"_s, timeValue(row.notBefore)},
        {u"notAfter"_s, timeValue(row.notAfter)},
        {u"nextRenewal"_s, timeValue(row.renewAt)},
        {u"renewalReason"_s, row.renewalReason},
        {u"versions"_s, row.versions},
        {u"orderId"_s, row.orderId},
        {u"orderUrl"_s, row.orderUrl.toString(QUrl::FullyEncoded)},
        {u"tags"_s, list(row.tags)},
    };
    put(json, u"lastError"_s, row.lastError);
    return json;
}

QJsonObject documentOf(const lifecycle::CertificateDetails& details)
{
    QJsonObject json = documentOf(details.row);
    QJsonArray versions;
    for (const CertificateVersion& version : details.versions)
        versions.append(documentOfVersion(version));
    json[u"versions"_s] = versions;
    if (details.renewal)
        json[u"renewalInformation"_s] = documentOfRenewal(*details.renewal);
    if (!details.report.children.isEmpty())
        json[u"report"_s] = inspect::toJson(details.report);
    return json;
}

QJsonObject documentOf(const lifecycle::OrderRow& row)
{
    QJsonObject json {
        {u"id"_s, row.id},
        {u"certificate"_s, row.certificateId},
        {u"names"_s, list(row.names)},
        {u"authority"_s, row.authorityName},
        {u"state"_s, lifecycle::orderStateName(row.state)},
        {u"running"_s, row.running},
        {u"orderUrl"_s, row.url.toString(QUrl::FullyEncoded)},
        {u"createdAt"_s, timeValue(row.createdAt)},
        {u"updatedAt"_s, timeValue(row.updatedAt)},
    };
    put(json, u"waitsFor"_s, row.awaitsApproval ? approval : QString());
    put(json, u"lastError"_s, row.error);
    return json;
}

QJsonObject documentOf(const lifecycle::OrderEvent& event)
{
    QJsonObject json {
        {u"orderId"_s, event.orderId},  {u"sequence"_s, event.sequence},
        {u"at"_s, timeValue(event.at)}, {u"subject"_s, lifecycle::orderSubjectName(event.subject)},
        {u"state"_s, event.state},
    };
    put(json, u"identifier"_s, event.identifier);
    put(json, u"challengeType"_s, event.challengeType);
    put(json, u"detail"_s, event.detail);
    put(json, u"token"_s, event.token);
    put(json, u"expectedAt"_s, event.expectedAt);
    put(json, u"expectedValue"_s, event.expectedValue);
    if (event.nextPollAt.isValid())
        json[u"nextPollAt"_s] = timeValue(event.nextPollAt);
    if (event.error)
        json[u"error"_s] = event.error->toJson();
    if (!event.exchange.isEmpty())
        json[u"exchange"_s] = event.exchange;
    return json;
}

QJsonObject documentOf(const lifecycle::GivenUpAuthorization& authorization)
{
    QJsonObject json {{u"identifier"_s, authorization.name}, {u"state"_s, authorization.state}};
    if (authorization.error) {
        json[u"error"_s] = authorization.error->toJson();
        json[u"message"_s] = authorization.error->message();
    }
    return json;
}

QJsonObject documentOf(const lifecycle::OrderDetails& details, const QString& authorityName)
{
    const lifecycle::OrderRecord& record = details.record;
    QJsonObject json {
        {u"id"_s, record.id},
        {u"certificate"_s, record.request.certificateId},
        {u"account"_s, record.request.accountId},
        {u"names"_s, list(base::identifierValues(record.request.names))},
        {u"authority"_s, authorityName},
        {u"key"_s, crypto::keyTypeName(record.request.keyType)},
        {u"challenge"_s, record.request.proof.summary()},
        {u"profile"_s, record.profile},
        {u"state"_s, lifecycle::orderStateName(record.state)},
        {u"running"_s, details.running},
        {u"orderUrl"_s, record.url.toString(QUrl::FullyEncoded)},
        {u"createdAt"_s, timeValue(record.createdAt)},
        {u"updatedAt"_s, timeValue(record.updatedAt)},
        {u"deadline"_s, timeValue(record.deadline)},
        {u"actor"_s, record.actor},
        {u"events"_s, documentsOf(details.events)},
    };
    putWishes(json, record.request);
    if (!lifecycle::isFinished(record.state) && lifecycle::isApprovalPending(record.error))
        json[u"waitsFor"_s] = approval;
    if (record.error)
        json[u"error"_s] = record.error->toJson();
    return json;
}

} // namespace cli
