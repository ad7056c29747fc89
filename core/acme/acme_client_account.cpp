// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client_private.h"
#include "acme/reply.h"
#include "acme/resource_url.h"
#include "jose/jwk.h"
#include "jose/jws.h"

#include <QJsonArray>
#include <QJsonObject>

#include <utility>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

// The account exists once its URL is known; a body that cannot be read does not undo that.
base::Result<Account> accountOf(const http::HttpResponse& response, const QUrl& location)
{
    base::Result<QJsonObject> json = objectOf(response);
    if (!json && location.isEmpty())
        return base::failed(std::move(json).error());
    base::Result<Account> account = Account::fromJson(json.value_or(QJsonObject()), response.url);
    if (account)
        account->url = location.isEmpty() ? response.url : location;
    return account;
}

const QUrl& placeOf(const AccountContext& context)
{
    return context.location.isEmpty() ? context.url : context.location;
}

base::Result<QJsonObject> payloadFor(const NewAccount& request, const crypto::PublicKey& key, const QUrl& newAccountUrl)
{
    QJsonObject payload;
    if (!request.contacts.isEmpty())
        payload[u"contact"_s] = QJsonArray::fromStringList(request.contacts);
    if (request.termsOfServiceAgreed)
        payload[u"termsOfServiceAgreed"_s] = true;
    if (!request.externalAccountBinding)
        return payload;
    base::Result<QJsonObject> binding = request.externalAccountBinding->sign(key, newAccountUrl);
    if (!binding)
        return binding;
    payload[u"externalAccountBinding"_s] = *binding;
    return payload;
}

/// The inner JWS of RFC 8555 section 7.3.5: signed by the new key, with its jwk and without a nonce.
base::Result<QByteArray> keyChangePayload(const AccountContext& context, const crypto::PrivateKey& newKey,
                                          const QUrl& keyChangeUrl)
{
    const auto algorithm = jose::algorithmFor(newKey.publicKey());
    const auto newJwk = jose::jwkObject(newKey.publicKey());
    const auto oldJwk = jose::jwkObject(context.key.publicKey());
    if (!algorithm)
        return base::failed(algorithm.error());
    if (!newJwk)
        return base::failed(newJwk.error());
    if (!oldJwk)
        return base::failed(oldJwk.error());
    const QJsonObject header {{u"alg"_s, QString::fromLatin1(jose::signatureAlgorithmName(*algorithm))},
                              {u"jwk"_s, *newJwk},
                              {u"url"_s, keyChangeUrl.toString(QUrl::FullyEncoded)}};
    const QJsonObject request {{u"account"_s, context.url.toString(QUrl::FullyEncoded)}, {u"oldKey"_s, *oldJwk}};
    return jose::signFlattened(newKey, header, payloadOf(request));
}

bool isNotImplemented(const base::Error& error)
{
    return error.problem() && (error.problem()->status == 501 || error.problem()->is(u"notImplemented"));
}

} // namespace

base::Task<base::Result<Account>> AcmeClient::Private::postNewAccount(AccountContext context, QJsonObject payload,
                                                                      QString step, std::stop_token stop)
{
    context.url = QUrl();
    SignedRequest request = requestBy(std::move(context), QUrl());
    request.payload = payloadOf(payload);
    request.repetition = Repetition::AfterBadNonce;
    base::Result<http::HttpResponse> reply = co_await postTo(&Directory::newAccount, std::move(request), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<QUrl> location = locationOf(*reply);
    if (!location)
        co_return base::failed(std::move(location), step);
    if (location->isEmpty())
        co_return base::failed(
            base::Error(base::ErrorCode::Protocol, u"the server gave the account no URL (Location)"_s).during(step));
    base::Result<Account> account = accountOf(*reply, *location);
    if (!account)
        co_return base::failed(std::move(account), step);
    account->existed = reply->status == 200;
    co_return account;
}

base::Task<base::Result<Account>> AcmeClient::Private::postAccount(SignedRequest request, QString step,
                                                                   std::stop_token stop)
{
    const QUrl name = request.signer.url; // as the server called it by taking the request
    base::Result<http::HttpResponse> reply = co_await post(std::move(request), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<Account> account = accountOf(*reply, QUrl());
    if (!account)
        co_return base::failed(std::move(account), step);
    account->url = name;
    co_return account;
}

base::Task<base::Result<Account>> AcmeClient::newAccount(AccountContext context, NewAccount request,
                                                         std::stop_token stop)
{
    const QString step = u"creating account"_s;
    base::Result<Directory> offered = co_await m_private->known(stop);
    if (!offered)
        co_return base::failed(std::move(offered), step);
    base::Result<QJsonObject> payload = payloadFor(request, context.key.publicKey(), offered->newAccount);
    if (!payload)
        co_return base::failed(std::move(payload), step);
    co_return co_await m_private->postNewAccount(std::move(context), *std::move(payload), step, stop);
}

base::Task<base::Result<Account>> AcmeClient::findAccount(AccountContext context, std::stop_token stop)
{
    const QJsonObject payload {{u"onlyReturnExisting"_s, true}};
    return m_private->postNewAccount(std::move(context), payload, u"finding account"_s, std::move(stop));
}

base::Task<base::Result<Account>> AcmeClient::account(AccountContext context, std::stop_token stop)
{
    const QUrl url = placeOf(context);
    return m_private->postAccount(requestBy(std::move(context), url), u"reading account"_s, std::move(stop));
}

base::Task<base::Result<Account>> AcmeClient::updateContacts(AccountContext context, QStringList contacts,
                                                             std::stop_token stop)
{
    const QUrl url = placeOf(context);
    SignedRequest request = requestBy(std::move(context), url);
    request.payload = payloadOf({{u"contact"_s, QJsonArray::fromStringList(contacts)}});
    request.repetition = Repetition::AfterBadNonce;
    return m_private->postAccount(std::move(request), u"updating contacts"_s, std::move(stop));
}

base::Task<base::Result<void>> AcmeClient::keyChange(AccountContext context, crypto::PrivateKey newKey,
                                                     std::stop_token stop)
{
    const QString step = u"changing the account key"_s;
    base::Result<Directory> offered = co_await m_private->known(stop);
    if (!offered)
        co_return base::failed(std::move(offered), step);
    base::Result<QByteArray> payload = keyChangePayload(context, newKey, offered->keyChange);
    if (!payload)
        co_return base::failed(std::move(payload), step);
    SignedRequest request = requestBy(std::move(context), QUrl());
    request.payload = *std::move(payload);
    request.repetition = Repetition::Never;
    base::Result<http::HttpResponse> reply =
        co_await m_private->postTo(&Directory::keyChange, std::move(request), step, stop);
    if (reply)
        co_return base::Result<void>();
    if (isNotImplemented(reply.error()))
        co_return base::failed(base::Error(base::ErrorCode::Unsupported, reply.error().detail()).during(step));
    co_return base::failed(std::move(reply).error());
}

base::Task<base::Result<Account>> AcmeClient::agreeToTerms(AccountContext context, std::stop_token stop)
{
    const QUrl url = placeOf(context);
    SignedRequest request = requestBy(std::move(context), url);
    request.payload = payloadOf({{u"termsOfServiceAgreed"_s, true}});
    request.repetition = Repetition::AfterBadNonce;
    return m_private->postAccount(std::move(request), u"agreeing to the terms"_s, std::move(stop));
}

base::Task<base::Result<Account>> AcmeClient::deactivateAccount(AccountContext context, std::stop_token stop)
{
    const QUrl url = placeOf(context);
    SignedRequest request = requestBy(std::move(context), url);
    request.payload = payloadOf({{u"status"_s, u"deactivated"_s}});
    request.repetition = Repetition::AfterBadNonce;
    return m_private->postAccount(std::move(request), u"deactivating account"_s, std::move(stop));
}

} // namespace acme
