// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_request.h"
#include "jose/base64url.h"
#include "support/acme_fault_server_ca.h"

#include <QJsonArray>

#include <algorithm>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int orderLifetime = 24 * 3600;

QStringList sortedNames(const QJsonArray& identifiers)
{
    QStringList names;
    for (const QJsonValue& identifier : identifiers)
        names.append(identifier[u"value"_s].toString());
    names.sort();
    return names;
}

bool asksFor(const crypto::CertificateRequest& request, const QJsonArray& identifiers)
{
    QStringList names = base::identifierValues(request.names());
    names.sort();
    return names == sortedNames(identifiers);
}

} // namespace

std::optional<ServedAnswer> TestCa::refuseNames(const QJsonArray& identifiers) const
{
    QJsonArray refusals;
    for (const QJsonValue& identifier : identifiers)
        if (settings.blockedNames.contains(identifier[u"value"_s].toString()))
            refusals.append(QJsonObject {{u"type"_s, u"urn:ietf:params:acme:error:rejectedIdentifier"_s},
                                         {u"detail"_s, u"this name is blocked"_s},
                                         {u"identifier"_s, identifier}});
    if (refusals.isEmpty())
        return std::nullopt;
    return problemAnswer(400, u"rejectedIdentifier"_s, u"some names are blocked"_s, {{u"subproblems"_s, refusals}});
}

ServedAnswer TestCa::newOrder(const VerifiedPost& post)
{
    const QJsonArray identifiers = post.json()[u"identifiers"_s].toArray();
    if (identifiers.isEmpty())
        return problemAnswer(400, u"malformed"_s, u"no identifiers"_s);
    if (auto refusal = refuseTerms(post))
        return *refusal;
    if (auto refusal = refuseNames(identifiers))
        return *refusal;
    const QString profile = post.json()[u"profile"_s].toString();
    if (!profile.isEmpty() && !settings.profiles.contains(profile))
        return problemAnswer(400, u"invalidProfile"_s, u"no such profile"_s);
    const QDateTime notBefore = QDateTime::fromString(post.json()[u"notBefore"_s].toString(), Qt::ISODate);
    const QDateTime notAfter = QDateTime::fromString(post.json()[u"notAfter"_s].toString(), Qt::ISODate);
    if (settings.refusesValidity && (notBefore.isValid() || notAfter.isValid()))
        return problemAnswer(400, u"malformed"_s, u"NotBefore and NotAfter are not supported"_s);
    const QString replaces = post.json()[u"replaces"_s].toString();
    replaced.append(replaces);
    if (const QJsonObject refusal = settings.replacesRefusal; !replaces.isEmpty() && !refusal.isEmpty())
        return jsonAnswer(refusal[u"status"_s].toInt(), refusal);
    TestOrder order;
    order.id = static_cast<int>(orders.size()) + 1;
    order.account = post.account;
    order.identifiers = identifiers;
    order.profile = profile.isEmpty() ? settings.profiles.value(0) : profile;
    order.notBefore = notBefore;
    order.notAfter = notAfter;
    order.expires = settings.now().addSecs(orderLifetime);
    for (const QJsonValue& identifier : identifiers)
        order.authorizations.append(authorizationFor(post.account, identifier.toObject()));
    update(order);
    orders.append(order);
    return orderAnswer(order, 201);
}

ServedAnswer TestCa::order(const VerifiedPost& post)
{
    const int id = idIn(post.path);
    if (id < 1 || id > orders.size() || orders[id - 1].account != post.account)
        return problemAnswer(404, u"malformed"_s, u"no such order"_s);
    TestOrder& order = orders[id - 1];
    update(order);
    const ServedAnswer answer = orderAnswer(order, 200);
    if (order.status == u"processing"_s && --order.pollsLeft <= 0)
        order.status = u"valid"_s;
    return answer;
}

void TestCa::update(TestOrder& order)
{
    if (order.status != u"pending"_s)
        return;
    const auto anyHas = [this, &order](const QString& status) {
        return std::any_of(order.authorizations.begin(), order.authorizations.end(),
                           [&](int id) { return m_authorizations[id - 1].status == status; });
    };
    if (anyHas(u"invalid"_s) || anyHas(u"deactivated"_s))
        order.status = u"invalid"_s;
    else if (!anyHas(u"pending"_s))
        order.status = u"ready"_s;
}

ServedAnswer TestCa::orderAnswer(const TestOrder& order, int status) const
{
    const QByteArray location = url("/order/" + QByteArray::number(order.id));
    QJsonArray authorizations;
    for (const int id : order.authorizations)
        authorizations.append(QString::fromLatin1(url("/authz/" + QByteArray::number(id))));
    QJsonObject json {{u"status"_s, order.status},
                      {u"expires"_s, utcText(order.expires)},
                      {u"identifiers"_s, order.identifiers},
                      {u"authorizations"_s, authorizations},
                      {u"finalize"_s, QString::fromLatin1(location + "/finalize")}};
    if (!order.profile.isEmpty())
        json[u"profile"_s] = order.profile;
    if (order.notAfter.isValid())
        json[u"notAfter"_s] = utcText(order.notAfter);
    if (order.status == u"valid"_s)
        json[u"certificate"_s] = QString::fromLatin1(url("/certificate/" + QByteArray::number(order.id)));
    http::Headers headers {{"Location", location}};
    if (settings.retryAfter > 0 && (order.status == u"processing"_s || order.status == u"pending"_s))
        headers.append(qMakePair("Retry-After"_ba, QByteArray::number(settings.retryAfter)));
    return jsonAnswer(status, json, headers);
}

ServedAnswer TestCa::finalize(const VerifiedPost& post)
{
    const int id = idIn(post.path, 1);
    if (id < 1 || id > orders.size() || orders[id - 1].account != post.account)
        return problemAnswer(404, u"malformed"_s, u"no such order"_s);
    TestOrder& order = orders[id - 1];
    update(order);
    if (order.status != u"ready"_s)
        return problemAnswer(403, u"orderNotReady"_s, u"the order is "_s + order.status);
    if (settings.awaitsApproval)
        return problemAnswer(403, u"unauthorized"_s, u"the request waits for approval"_s);
    const auto der = jose::base64url::decode(post.json()[u"csr"_s].toString().toLatin1());
    const auto request = crypto::CertificateRequest::fromDer(der.value_or(QByteArray()));
    if (!request || !asksFor(*request, order.identifiers))
        return problemAnswer(400, u"badCSR"_s, u"the request is not for these names"_s);
    const QDateTime now = settings.now();
    const QDateTime from = order.notBefore.isValid() ? order.notBefore : now.addSecs(-3600);
    const QDateTime until =
        order.notAfter.isValid() ? order.notAfter : now.addSecs(settings.certificateLifetime.count());
    const auto certificate = crypto::issueForRequest(issuer, *der, from, until);
    if (!certificate)
        return problemAnswer(500, u"serverInternal"_s, certificate.error().message());
    ++issued;
    certificateKeys.append(request->publicKey().spkiDer());
    order.leafPem = certificate->pem();
    order.pollsLeft = settings.processingPolls;
    order.status = order.pollsLeft > 0 ? u"processing"_s : u"valid"_s;
    return orderAnswer(order, 200);
}

ServedAnswer TestCa::certificate(const VerifiedPost& post) const
{
    // "/certificate/ORDER", and "/certificate/ORDER/NUMBER" for the alternates
    const QList<QByteArray> parts = post.path.mid(1).split('/');
    const int id = parts.value(1).toInt();
    const int alternate = parts.value(2).toInt();
    if (id < 1 || id > orders.size() || orders[id - 1].account != post.account || orders[id - 1].leafPem.isEmpty()
        || alternate > alternateIssuers.size())
        return problemAnswer(404, u"malformed"_s, u"no such certificate"_s);
    http::Headers headers {{"Content-Type", "application/pem-certificate-chain"}};
    for (qsizetype number = 1; number <= alternateIssuers.size(); ++number) {
        const QByteArray path = "/certificate/" + parts[1] + '/' + QByteArray::number(number);
        headers.append(qMakePair("Link"_ba, '<' + url(path) + ">;rel=\"alternate\""));
    }
    const QByteArray above = alternate > 0 ? alternateIssuers[alternate - 1] : issuer.certificate.pem();
    return ServedAnswer {200, headers, orders[id - 1].leafPem + above};
}

ServedAnswer TestCa::revoke(const VerifiedPost& post)
{
    const auto der = jose::base64url::decode(post.json()[u"certificate"_s].toString().toLatin1());
    const auto certificate = crypto::Certificate::fromDer(der.value_or(QByteArray()));
    if (!certificate || !certificate->isIssuedBy(issuer.certificate))
        return problemAnswer(404, u"malformed"_s, u"no certificate of this CA"_s);
    const bool ownKey = post.account == 0 && post.key == certificate->publicKey().value();
    if (post.account == 0 && !ownKey)
        return problemAnswer(403, u"unauthorized"_s, u"another key"_s);
    const bool before = std::any_of(revocations.begin(), revocations.end(),
                                    [&der](const auto& revocation) { return revocation.first == *der; });
    if (before)
        return problemAnswer(400, u"alreadyRevoked"_s, u"it was revoked before"_s);
    revocations.append({*der, post.json()[u"reason"_s].toInt()});
    return ServedAnswer();
}

} // namespace support
