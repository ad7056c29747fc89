// SPDX-License-Identifier: Apache-2.0
#include "exchange/client_accounts.h"

#include "jose/private_jwk.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace exchange {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;

constexpr qsizetype mostContacts = 100;

Result<QJsonObject> objectIn(QByteArrayView text, const QString& what)
{
    const QByteArray bytes = QByteArray::fromRawData(text.data(), text.size());
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return base::failed(ErrorCode::InvalidInput, what + u" is no JSON object"_s);
    return document.object();
}

Result<crypto::PrivateKey> keyIn(QByteArrayView pem, const QString& what)
{
    auto key = crypto::PrivateKey::fromPem(pem);
    if (key)
        return key;
    if (key.error().code() == ErrorCode::WrongPassphrase)
        return base::failed(ErrorCode::InvalidInput, what + u" is encrypted; decrypt it first"_s);
    return base::failed(ErrorCode::InvalidInput, what + u" holds no private key"_s);
}

/// Only what may be asked: https, and no more than a URL is.
QUrl accountUrl(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && url.scheme() == u"https" && !url.host().isEmpty() ? url : QUrl();
}

QStringList contactsIn(const QJsonValue& value)
{
    QStringList contacts;
    const QJsonArray entries = value.toArray();
    for (const QJsonValue& entry : entries)
        if (entry.isString() && contacts.size() < mostContacts)
            contacts.append(entry.toString());
    return contacts;
}

QStringList mailContact(const QString& address)
{
    return address.contains(u'@') ? QStringList(u"mailto:"_s + address) : QStringList();
}

/// The value of a line NAME='value' as acme.sh writes it.
QString assigned(const QString& text, const QString& name)
{
    const QRegularExpression line(u"^%1=(['\"]?)([^'\"\\r\\n]*)\\1\\s*$"_s.arg(name),
                                  QRegularExpression::MultilineOption);
    return line.match(text).captured(2);
}

} // namespace

Result<AccountFile> certbotAccount(QByteArrayView privateKeyJson, QByteArrayView regrJson)
{
    auto account = jwkAccount(privateKeyJson);
    if (!account)
        return account;
    account->format = AccountFormat::Certbot;
    const auto registration = objectIn(regrJson, u"regr.json"_s);
    if (!registration)
        return account; // the key is what counts; the CA knows the rest
    account->url = accountUrl(registration->value(u"uri"_s).toString());
    account->contacts = contactsIn(registration->value(u"body"_s).toObject().value(u"contact"_s));
    return account;
}

Result<AccountFile> legoAccount(QByteArrayView accountJson, QByteArrayView keyPem)
{
    auto key = keyIn(keyPem, u"the account's key"_s);
    if (!key)
        return base::failed(std::move(key).error());
    const auto json = objectIn(accountJson, u"account.json"_s);
    if (!json)
        return base::failed(json.error());
    AccountFile account {AccountFormat::Lego, {}, *std::move(key)};
    const QJsonObject registration = json->value(u"registration"_s).toObject();
    account.url = accountUrl(registration.value(u"uri"_s).toString());
    account.contacts = contactsIn(registration.value(u"body"_s).toObject().value(u"contact"_s));
    if (account.contacts.isEmpty())
        account.contacts = mailContact(json->value(u"email"_s).toString());
    return account;
}

Result<AccountFile> acmeShAccount(QByteArrayView keyPem, QByteArrayView caConf, QByteArrayView accountJson)
{
    auto key = keyIn(keyPem, u"account.key"_s);
    if (!key)
        return base::failed(std::move(key).error());
    AccountFile account {AccountFormat::AcmeSh, {}, *std::move(key)};
    const QString configuration = QString::fromUtf8(caConf);
    account.url = accountUrl(assigned(configuration, u"ACCOUNT_URL"_s));
    if (const auto json = objectIn(accountJson, u"account.json"_s))
        account.contacts = contactsIn(json->value(u"contact"_s));
    if (account.contacts.isEmpty())
        account.contacts = mailContact(assigned(configuration, u"CA_EMAIL"_s));
    return account;
}

Result<AccountFile> pemAccount(QByteArrayView keyPem)
{
    auto key = keyIn(keyPem, u"the file"_s);
    if (!key)
        return base::failed(std::move(key).error());
    return AccountFile {AccountFormat::Pem, {}, *std::move(key)};
}

Result<AccountFile> jwkAccount(QByteArrayView jwk)
{
    const auto json = objectIn(jwk, u"the key"_s);
    if (!json)
        return base::failed(json.error());
    auto key = jose::privateKeyFromJwk(*json);
    if (!key)
        return base::failed(std::move(key).error());
    return AccountFile {AccountFormat::Jwk, {}, *std::move(key)};
}

} // namespace exchange
