// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client_private.h"
#include "acme/reply.h"
#include "acme/resource_url.h"

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
    base::Result<http::HttpResponse> reply = co_await post(std::move(request), step, stop);
    if (!reply)
        co_return base::failed(std::move(reply).error());
    base::Result<Account> account = accountOf(*reply, QUrl());
    if (!account)
        co_return base::failed(std::move(account), step);
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
    const QUrl url = context.url;
    return m_private->postAccount(requestBy(std::move(context), url), u"reading account"_s, std::move(stop));
}

base::Task<base::Result<Account>> AcmeClient::updateContacts(AccountContext context, QStringList contacts,
                                                             std::stop_token stop)
{
    const QUrl url = context.url;
    SignedRequest request = requestBy(std::move(context), url);
    request.payload = payloadOf({{u"contact"_s, QJsonArray::fromStringList(contacts)}});
    request.repetition = Repetition::AfterBadNonce;
    return m_private->postAccount(std::move(request), u"updating contacts"_s, std::move(stop));
}

base::Task<base::Result<Account>> AcmeClient::deactivateAccount(AccountContext context, std::stop_token stop)
{
    const QUrl url = context.url;
    SignedRequest request = requestBy(std::move(context), url);
    request.payload = payloadOf({{u"status"_s, u"deactivated"_s}});
    request.repetition = Repetition::AfterBadNonce;
    return m_private->postAccount(std::move(request), u"deactivating account"_s, std::move(stop));
}

} // namespace acme
