// SPDX-License-Identifier: Apache-2.0
#include "jose/base64url.h"
#include "jose/jwk.h"
#include "jose/jws.h"
#include "support/acme_fault_server_ca.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace support {
namespace {

using namespace Qt::StringLiterals;

}

ServedAnswer TestCa::newAccount(const VerifiedPost& post)
{
    const QJsonObject request = post.json();
    const auto known = std::find_if(accounts.begin(), accounts.end(),
                                    [&post](const TestAccount& account) { return account.key == post.key; });
    if (known != accounts.end())
        return accountAnswer(*known, 200);
    if (request[u"onlyReturnExisting"_s].toBool())
        return problemAnswer(400, u"accountDoesNotExist"_s, u"no account has this key"_s);
    if (auto refusal = refuseBinding(post))
        return *refusal;
    TestAccount account {static_cast<int>(accounts.size()) + 1, post.key, request[u"contact"_s].toArray(), u"valid"_s,
                         request[u"termsOfServiceAgreed"_s].toBool() ? settings.terms : QString()};
    account.madeAs = url("/account/" + QByteArray::number(account.id));
    accounts.append(account);
    return accountAnswer(account, 201);
}

std::optional<ServedAnswer> TestCa::refuseBinding(const VerifiedPost& post)
{
    if (const QJsonObject refusal = settings.accountRefusal; !refusal.isEmpty())
        return problemAnswer(refusal[u"status"_s].toInt(), refusal[u"type"_s].toString().section(u':', -1),
                             refusal[u"detail"_s].toString());
    if (settings.externalAccounts.isEmpty())
        return std::nullopt;
    const QJsonObject binding = post.json()[u"externalAccountBinding"_s].toObject();
    if (binding.isEmpty())
        return problemAnswer(403, u"externalAccountRequired"_s, u"an external account binding is needed"_s);
    const auto headerText = jose::base64url::decode(binding[u"protected"_s].toString().toLatin1());
    const QJsonObject header = QJsonDocument::fromJson(headerText.value_or(QByteArray())).object();
    const QString kid = header[u"kid"_s].toString();
    const base::Secret key(settings.externalAccounts.value(kid));
    const auto verified = jose::verifyMac(QJsonDocument(binding).toJson(), key);
    if (verified && m_usedBindings.contains(kid)) // in step-ca's words
        return problemAnswer(
            401, u"unauthorized"_s,
            u"external account binding key with id '%1' was already bound to account '1' on 2026-11-02"_s.arg(kid));
    if (!settings.externalAccounts.contains(kid) || !verified)
        return problemAnswer(403, u"unauthorized"_s, u"the external account binding is not good"_s);
    const auto bound = jose::publicKeyFromJwk(QJsonDocument::fromJson(verified->payload).object());
    if (!bound || !(*bound == post.key) || header.contains(u"nonce"_s)
        || header[u"url"_s].toString().toUtf8() != url("/new-account"))
        return problemAnswer(400, u"malformed"_s, u"the external account binding is for something else"_s);
    m_usedBindings.insert(kid);
    spentCredentials.append(kid);
    return std::nullopt;
}

ServedAnswer TestCa::account(const VerifiedPost& post)
{
    TestAccount& account = accounts[post.account - 1];
    if (idIn(post.path) != account.id)
        return problemAnswer(401, u"unauthorized"_s, u"another account"_s);
    const QJsonObject request = post.json();
    if (request.contains(u"contact"_s))
        account.contacts = request[u"contact"_s].toArray();
    if (request[u"status"_s] == u"deactivated"_s)
        account.status = u"deactivated"_s;
    if (request[u"termsOfServiceAgreed"_s].toBool())
        account.agreedTerms = settings.terms;
    return accountAnswer(account, 200);
}

ServedAnswer TestCa::keyChange(const VerifiedPost& post)
{
    switch (settings.keyChange) {
    case KeyChangeSupport::NotInDirectory:
    case KeyChangeSupport::NotImplemented:
        return problemAnswer(501, u"notImplemented"_s, u"The requested operation is not implemented"_s);
    case KeyChangeSupport::NotImplementedHtml:
        return ServedAnswer {501, {{"Content-Type", "text/html"}}, "<h1>501 Not Implemented</h1>"};
    case KeyChangeSupport::AlwaysConflict:
        return problemAnswer(409, u"malformed"_s, u"the new key is in use by another account"_s);
    case KeyChangeSupport::AlwaysUnauthorized:
        return problemAnswer(401, u"unauthorized"_s, u"this account may not change its key"_s);
    case KeyChangeSupport::Works:
        break;
    }
    return changeKey(post);
}

// RFC 8555 section 7.3.5, point by point.
ServedAnswer TestCa::changeKey(const VerifiedPost& post)
{
    const auto headerText = jose::base64url::decode(post.json()[u"protected"_s].toString().toLatin1());
    const QJsonObject header = QJsonDocument::fromJson(headerText.value_or(QByteArray())).object();
    const auto newKey = jose::publicKeyFromJwk(header[u"jwk"_s].toObject());
    if (!newKey || header.contains(u"nonce"_s) || header.contains(u"kid"_s)
        || header[u"url"_s].toString().toUtf8() != url("/key-change"))
        return problemAnswer(400, u"malformed"_s, u"the inner header is not good"_s);
    const auto inner = jose::verifyFlattened(post.payload, *newKey);
    if (!inner)
        return problemAnswer(400, u"malformed"_s, u"the inner signature is not good"_s);
    const QJsonObject request = QJsonDocument::fromJson(inner->payload).object();
    const auto oldKey = jose::publicKeyFromJwk(request[u"oldKey"_s].toObject());
    TestAccount& account = accounts[post.account - 1];
    if (request[u"account"_s].toString().toUtf8() != url("/account/" + QByteArray::number(account.id)) || !oldKey
        || !(*oldKey == account.key))
        return problemAnswer(400, u"malformed"_s, u"account or oldKey is another one"_s);
    for (const TestAccount& other : std::as_const(accounts))
        if (other.key == *newKey)
            return problemAnswer(409, u"malformed"_s, u"the new key is in use"_s);
    account.formerThumbprints.append(jose::thumbprint(account.key).value());
    account.key = *newKey;
    ++keysChanged;
    return accountAnswer(account, 200);
}

// RFC 8555 section 7.3.3.
std::optional<ServedAnswer> TestCa::refuseTerms(const VerifiedPost& post) const
{
    if (!settings.termsMatter || accounts[post.account - 1].agreedTerms == settings.terms)
        return std::nullopt;
    ServedAnswer answer = problemAnswer(403, u"userActionRequired"_s, u"the terms of service have changed"_s,
                                        {{u"instance"_s, u"https://ca.test/agree"_s}});
    answer.headers.append(qMakePair("Link"_ba, '<' + settings.terms.toUtf8() + ">;rel=\"terms-of-service\""));
    return answer;
}

ServedAnswer TestCa::accountAnswer(const TestAccount& account, int status) const
{
    const QByteArray location = url("/account/" + QByteArray::number(account.id));
    QJsonObject json {{u"status"_s, account.status}, {u"contact"_s, account.contacts}};
    if (settings.hasOrderList)
        json[u"orders"_s] = QString::fromLatin1(location + "/orders");
    return jsonAnswer(status, json, {{"Location", location}});
}

ServedAnswer TestCa::orderList(const VerifiedPost& post) const
{
    QJsonArray urls;
    for (const TestOrder& order : orders)
        if (order.account == post.account)
            urls.append(QString::fromLatin1(url("/order/" + QByteArray::number(order.id))));
    return jsonAnswer(200, {{u"orders"_s, urls}});
}

} // namespace support
