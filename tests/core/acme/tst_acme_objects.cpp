// SPDX-License-Identifier: Apache-2.0
#include "acme/account.h"
#include "acme/authorization.h"
#include "acme/directory.h"
#include "acme/exchange.h"
#include "acme/external_account_binding.h"
#include "acme/key_authorization.h"
#include "acme/nonce_pool.h"
#include "acme/order.h"
#include "acme/renewal_info.h"
#include "acme/server_traits.h"
#include "http/http_message.h"
#include "jose/base64url.h"
#include "jose/jwk.h"
#include "support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace tst_acme_objects {

namespace {

using namespace Qt::StringLiterals;

const QUrl requestUrl(u"https://ca.test/acme/directory"_s);

QJsonObject object(const char* text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        qFatal("the test's JSON is broken");
    return document.object();
}

QList<base::Identifier> names(const QStringList& texts)
{
    return base::parseIdentifiers(texts).value();
}

base::Secret secret(const QByteArray& text)
{
    return base::Secret(text);
}

} // namespace

class TestAcmeObjects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsADirectory();
    void resolvesRelativeUrlsOfADirectory();
    void refusesWhatIsNoDirectory_data();
    void refusesWhatIsNoDirectory();
    void refusesResourcesInTheClear();

    void readsAnOrder();
    void toleratesAnOrderOfOneMember();
    void carriesUnknownOrderStatuses();
    void readsTheErrorOfAnOrder();
    void comparesNamesAsSets_data();
    void comparesNamesAsSets();
    void writesNewOrder();

    void readsAnAuthorization();
    void restoresTheWildcard();
    void passesOverIncompleteChallenges();
    void carriesChallengesOfUnknownTypes();
    void readsBothDialectsOfPersistentChallenges();
    void readsTheErrorOfAPendingChallenge();

    void readsAnAccountWithoutStatusAndContacts();

    void buildsKeyAuthorizations();
    void refusesHostileTokens_data();
    void refusesHostileTokens();

    void usesTheNewestNonceFirstAndOnce();
    void forgetsOldAndSurplusNonces();
    void dropsNoncesThatAreNoBase64Url();

    void readsRenewalInformation();
    void buildsRenewalIdentifiers();

    void decodesMacKeys_data();
    void decodesMacKeys();
    void refusesMacKeysThatAreNoBase64_data();
    void refusesMacKeysThatAreNoBase64();
    void neverDecodesTwiceUnasked();
    void signsExternalAccountBindings();

    void recognisesServers_data();
    void recognisesServers();
    void everyKindHasItsRow();

    void leavesSecretsOutOfExchanges();
};

void TestAcmeObjects::readsADirectory()
{
    // RFC 8555 section 7.1.1
    const QJsonObject json = object(R"({
        "newNonce": "https://example.com/acme/new-nonce", "newAccount": "https://example.com/acme/new-account",
        "newOrder": "https://example.com/acme/new-order", "newAuthz": "https://example.com/acme/new-authz",
        "revokeCert": "https://example.com/acme/revoke-cert", "keyChange": "https://example.com/acme/key-change",
        "meta": {"termsOfService": "https://example.com/acme/terms/2017-5-30", "website": "https://www.example.com/",
                 "caaIdentities": ["example.com"], "externalAccountRequired": false,
                 "profiles": {"classic": "ninety days", "short": "six days"}}})");
    const auto directory = acme::Directory::fromJson(json, requestUrl);
    QVERIFY(directory);
    QCOMPARE(directory->newOrder, QUrl(u"https://example.com/acme/new-order"_s));
    QCOMPARE(directory->keyChange, QUrl(u"https://example.com/acme/key-change"_s));
    QVERIFY(directory->renewalInfo.isEmpty());
    QCOMPARE(directory->meta.termsOfService, QUrl(u"https://example.com/acme/terms/2017-5-30"_s));
    QCOMPARE(directory->meta.caaIdentities, QStringList(u"example.com"_s));
    QVERIFY(!directory->meta.externalAccountRequired);
    QCOMPARE(directory->meta.profiles.value(u"short"_s), u"six days"_s);
    QCOMPARE(directory->verbatim, json);
}

void TestAcmeObjects::resolvesRelativeUrlsOfADirectory()
{
    const auto directory = acme::Directory::fromJson(
        object(R"({"newNonce": "/n", "newAccount": "new-account", "newOrder": "https://other.test/o", "meta": null})"),
        requestUrl);
    QVERIFY(directory);
    QCOMPARE(directory->newNonce, QUrl(u"https://ca.test/n"_s));
    QCOMPARE(directory->newAccount, QUrl(u"https://ca.test/acme/new-account"_s));
    QCOMPARE(directory->newOrder, QUrl(u"https://other.test/o"_s));
}

void TestAcmeObjects::refusesWhatIsNoDirectory_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << "{}"_ba;
    QTest::newRow("a problem document") << R"({"type": "about:blank", "detail": "no"})"_ba;
    QTest::newRow("without newOrder") << R"({"newNonce": "/n", "newAccount": "/a"})"_ba;
    QTest::newRow("numbers") << R"({"newNonce": 1, "newAccount": 2, "newOrder": 3})"_ba;
}

void TestAcmeObjects::refusesWhatIsNoDirectory()
{
    QFETCH(QByteArray, json);
    const auto directory = acme::Directory::fromJson(object(json.constData()), requestUrl);
    QVERIFY(!directory);
    QCOMPARE(directory.error().code(), base::ErrorCode::InvalidInput);
    QCOMPARE(directory.error().field(), u"directoryUrl"_s);
}

void TestAcmeObjects::refusesResourcesInTheClear()
{
    const auto directory = acme::Directory::fromJson(
        object(R"({"newNonce": "/n", "newAccount": "/a", "newOrder": "http://ca.test/o"})"), requestUrl);
    QVERIFY(!directory);
    QCOMPARE(directory.error().code(), base::ErrorCode::Protocol);
    QVERIFY(directory.error().message().contains(u"http://ca.test/o"_s));
    const auto order =
        acme::Order::fromJson(object(R"({"status": "ready", "finalize": "http://ca.test/f"})"), requestUrl);
    QVERIFY(!order);
    const auto withoutKeyChange = acme::Directory::fromJson(
        object(R"({"newNonce": "/n", "newAccount": "/a", "newOrder": "/o", "keyChange": "http://ca.test/k"})"),
        requestUrl);
    QVERIFY(withoutKeyChange);
    QVERIFY(withoutKeyChange->keyChange.isEmpty());
}

void TestAcmeObjects::readsAnOrder()
{
    // RFC 8555 section 7.1.3, with the fractions of a second that Go writes
    const auto order = acme::Order::fromJson(object(R"({
        "status": "valid", "expires": "2016-01-20T14:09:07.99123456Z",
        "identifiers": [{"type": "dns", "value": "www.example.org"}, {"type": "dns", "value": "Example.org"}],
        "notBefore": "2016-01-01T00:00:00Z", "notAfter": "2016-01-08T01:00:00+01:00",
        "authorizations": ["https://example.com/acme/authz/PAniVnsZcis", "/acme/authz/r4HqLzrSrpI"],
        "finalize": "https://example.com/acme/order/TOlocE8rfgo/finalize",
        "certificate": "https://example.com/acme/cert/mAt3xBGaobw", "profile": "short"})"),
                                             requestUrl);
    QVERIFY(order);
    QCOMPARE(order->status, acme::OrderStatus::Valid);
    QCOMPARE(order->expires.value(), QDateTime(QDate(2016, 1, 20), QTime(14, 9, 7, 991), Qt::UTC));
    QCOMPARE(order->notAfter.value(), QDateTime(QDate(2016, 1, 8), QTime(0, 0), Qt::UTC));
    QCOMPARE(order->identifierValues, QStringList({u"www.example.org"_s, u"example.org"_s}));
    QCOMPARE(order->authorizations.value(1), QUrl(u"https://ca.test/acme/authz/r4HqLzrSrpI"_s));
    QCOMPARE(order->certificate, QUrl(u"https://example.com/acme/cert/mAt3xBGaobw"_s));
    QCOMPARE(order->profile, u"short"_s);
    QVERIFY(!order->error);
}

void TestAcmeObjects::toleratesAnOrderOfOneMember()
{
    const auto order = acme::Order::fromJson(object(R"({"status": "processing"})"), requestUrl);
    QVERIFY(order);
    QCOMPARE(order->status, acme::OrderStatus::Processing);
    QVERIFY(!order->expires);
    QVERIFY(order->finalize.isEmpty());
    QVERIFY(order->authorizations.isEmpty());
    QVERIFY(order->isFor(names({u"a.test"_s})));
}

void TestAcmeObjects::carriesUnknownOrderStatuses()
{
    const auto order =
        acme::Order::fromJson(object(R"({"status": "awaiting-approval", "expires": "never"})"), requestUrl);
    QVERIFY(order);
    QCOMPARE(order->status, acme::OrderStatus::Unknown);
    QCOMPARE(order->statusText, u"awaiting-approval"_s);
    QVERIFY(!order->expires);
    QCOMPARE(acme::statusName(order->status), u"unknown"_s);
}

void TestAcmeObjects::readsTheErrorOfAnOrder()
{
    const auto order = acme::Order::fromJson(
        object(R"({"status": "invalid", "error": {"type": "malformed", "detail": "bad key", "x": 1}})"), requestUrl);
    QVERIFY(order);
    QVERIFY(order->error);
    QVERIFY(order->error->is(u"malformed"));
    QCOMPARE(order->error->verbatim[u"x"_s].toInt(), 1);
}

void TestAcmeObjects::comparesNamesAsSets_data()
{
    QTest::addColumn<QStringList>("ordered");
    QTest::addColumn<QStringList>("replied");
    QTest::addColumn<bool>("same");
    const QStringList two {u"a.test"_s, u"b.test"_s};
    QTest::newRow("same") << two << two << true;
    QTest::newRow("another order and case") << two << QStringList {u"B.test"_s, u"A.TEST"_s} << true;
    QTest::newRow("lost wildcard") << QStringList {u"*.a.test"_s} << QStringList {u"a.test"_s} << true;
    QTest::newRow("kept wildcard") << QStringList {u"*.a.test"_s} << QStringList {u"*.a.test"_s} << true;
    QTest::newRow("long IPv6 address") << QStringList {u"fd00::1"_s} << QStringList {u"fd00:0:0:0:0:0:0:1"_s} << true;
    QTest::newRow("one more") << two << QStringList {u"a.test"_s, u"b.test"_s, u"c.test"_s} << false;
    QTest::newRow("one less") << two << QStringList {u"a.test"_s} << false;
    QTest::newRow("another") << two << QStringList {u"a.test"_s, u"c.test"_s} << false;
    QTest::newRow("wildcard made up") << QStringList {u"a.test"_s} << QStringList {u"*.a.test"_s} << false;
}

void TestAcmeObjects::comparesNamesAsSets()
{
    QFETCH(QStringList, ordered);
    QFETCH(QStringList, replied);
    QFETCH(bool, same);
    QJsonArray identifiers;
    for (const QString& value : replied)
        identifiers.append(QJsonObject {{u"type"_s, u"dns"_s}, {u"value"_s, value}});
    const auto order = acme::Order::fromJson({{u"identifiers"_s, identifiers}}, requestUrl);
    QVERIFY(order);
    QCOMPARE(order->isFor(names(ordered)), same);
}

void TestAcmeObjects::writesNewOrder()
{
    acme::NewOrder request {names({u"*.a.test"_s, u"127.0.0.1"_s})};
    const QJsonObject least =
        object(R"({"identifiers": [{"type": "dns", "value": "*.a.test"}, {"type": "ip", "value": "127.0.0.1"}]})");
    QCOMPARE(request.toJson(), least);
    request.profile = u"short"_s;
    request.notAfter = QDateTime(QDate(2027, 1, 2), QTime(3, 4, 5), Qt::UTC);
    request.replaces = u"aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE"_s;
    const QJsonObject json = request.toJson();
    QCOMPARE(json[u"profile"_s].toString(), u"short"_s);
    QCOMPARE(json[u"notAfter"_s].toString(), u"2027-01-02T03:04:05Z"_s);
    QCOMPARE(json[u"replaces"_s].toString(), u"aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE"_s);
    QVERIFY(!json.contains(u"notBefore"_s));
}

void TestAcmeObjects::readsAnAuthorization()
{
    // RFC 8555 section 7.1.4
    const QUrl url(u"https://example.com/acme/authz/PAniVnsZcis"_s);
    const auto authorization = acme::Authorization::fromJson(object(R"({
        "status": "valid", "expires": "2018-09-09T14:09:01.13Z", "identifier": {"type": "dns", "value": "www.example.org"},
        "challenges": [{"url": "https://example.com/acme/chall/prV_B7yEyA4", "type": "http-01", "status": "valid",
                        "token": "DGyRejmCefe7v4NfDGDKfA", "validated": "2014-12-01T12:05:58.16Z"}]})"),
                                                             url);
    QVERIFY(authorization);
    QCOMPARE(authorization->url, url);
    QCOMPARE(authorization->status, acme::AuthorizationStatus::Valid);
    QCOMPARE(authorization->displayName(), u"www.example.org"_s);
    const auto challenge = authorization->challenge(u"http-01");
    QVERIFY(challenge);
    QCOMPARE(challenge->status, acme::ChallengeStatus::Valid);
    QCOMPARE(challenge->token, u"DGyRejmCefe7v4NfDGDKfA"_s);
    QVERIFY(challenge->validated);
    QVERIFY(!authorization->challenge(u"dns-01"));
}

void TestAcmeObjects::restoresTheWildcard()
{
    const auto flagged = acme::Authorization::fromJson(
        object(R"({"status": "pending", "wildcard": true, "identifier": {"type": "dns", "value": "a.test"}})"),
        requestUrl);
    QVERIFY(flagged);
    QCOMPARE(flagged->displayName(), u"*.a.test"_s);
    const auto starred = acme::Authorization::fromJson(
        object(R"({"status": "pending", "identifier": {"type": "dns", "value": "*.A.test"}})"), requestUrl);
    QVERIFY(starred);
    QVERIFY(starred->wildcard);
    QCOMPARE(starred->identifierValue, u"a.test"_s);
    QCOMPARE(starred->displayName(), u"*.a.test"_s);
}

void TestAcmeObjects::passesOverIncompleteChallenges()
{
    const auto authorization = acme::Authorization::fromJson(object(R"({"status": "pending", "challenges": [
        null, 7, {}, {"type": "http-01"}, {"url": "/c/1"}, {"type": "http-01", "url": "http://ca.test/c/2", "token": "abc"},
        {"type": "http-01", "url": "/c/3", "token": "abc"}]})"),
                                                             requestUrl);
    QVERIFY(authorization);
    QCOMPARE(authorization->challenges.size(), 1);
    QCOMPARE(authorization->challenges.first().url, QUrl(u"https://ca.test/c/3"_s));
}

void TestAcmeObjects::carriesChallengesOfUnknownTypes()
{
    const auto authorization = acme::Authorization::fromJson(object(R"({"status": "frozen", "challenges": [
            {"type": "smoke-signal-01", "url": "/c/1", "status": "burning", "hill": "north"}]})"),
                                                             requestUrl);
    QVERIFY(authorization);
    QCOMPARE(authorization->status, acme::AuthorizationStatus::Unknown);
    QCOMPARE(authorization->statusText, u"frozen"_s);
    const acme::Challenge challenge = authorization->challenges.value(0);
    QCOMPARE(challenge.type, u"smoke-signal-01"_s);
    QCOMPARE(challenge.status, acme::ChallengeStatus::Unknown);
    QVERIFY(challenge.token.isEmpty());
    QCOMPARE(challenge.verbatim[u"hill"_s].toString(), u"north"_s);
}

void TestAcmeObjects::readsBothDialectsOfPersistentChallenges()
{
    // draft-ietf-acme-dns-persist-00 figure 1, with the accounturi of draft 01; then as draft 02 spells it
    const auto older = acme::Challenge::fromJson(
        object(R"({"type": "dns-persist-01", "url": "https://ca.example/acme/authz/1234/0", "status": "pending",
                   "accounturi": "https://ca.example/acct/123",
                   "issuer-domain-names": ["authority.example", "ca.example.net"]})"),
        requestUrl);
    QVERIFY(older);
    QCOMPARE(older->issuerDomainNames, QStringList({u"authority.example"_s, u"ca.example.net"_s}));
    QCOMPARE(older->accountUri, u"https://ca.example/acct/123"_s);
    const auto newer = acme::Challenge::fromJson(
        object(R"({"type": "dns-persist-01", "url": "/c", "issuerDomainNames": ["authority.example", 5]})"),
        requestUrl);
    QVERIFY(newer);
    QCOMPARE(newer->issuerDomainNames, QStringList({u"authority.example"_s, QString()}));
    QVERIFY(newer->accountUri.isEmpty());
    const auto directory =
        acme::Directory::fromJson(object(R"({"newNonce": "/n", "newAccount": "/a", "newOrder": "/o", "meta": {
                   "accountHashPrefix": "https://ca.example/hashed/", "issuerDomainNames": ["authority.example"]}})"),
                                  requestUrl);
    QVERIFY(directory);
    QCOMPARE(directory->meta.accountHashPrefix, u"https://ca.example/hashed/"_s);
    QCOMPARE(directory->meta.issuerDomainNames, QStringList(u"authority.example"_s));
}

void TestAcmeObjects::readsTheErrorOfAPendingChallenge()
{
    const auto challenge =
        acme::Challenge::fromJson(object(R"({"type": "http-01", "url": "/c", "status": "pending", "token": "t",
                   "error": {"type": "urn:ietf:params:acme:error:connection", "detail": "refused"}})"),
                                  requestUrl);
    QVERIFY(challenge);
    QCOMPARE(challenge->status, acme::ChallengeStatus::Pending);
    QVERIFY(challenge->error && challenge->error->is(u"connection"));
}

void TestAcmeObjects::readsAnAccountWithoutStatusAndContacts()
{
    const auto account = acme::Account::fromJson(object(R"({"orders": "/orders/1"})"), requestUrl);
    QVERIFY(account);
    QCOMPARE(account->status, acme::AccountStatus::Valid);
    QVERIFY(account->contacts.isEmpty());
    QCOMPARE(account->orders, QUrl(u"https://ca.test/orders/1"_s));
    const auto odd =
        acme::Account::fromJson(object(R"({"status": "on-hold", "contact": ["mailto:a@b.test", 5]})"), requestUrl);
    QVERIFY(odd);
    QCOMPARE(odd->status, acme::AccountStatus::Unknown);
    QCOMPARE(odd->contacts, QStringList(u"mailto:a@b.test"_s));
}

void TestAcmeObjects::buildsKeyAuthorizations()
{
    // The key and its thumbprint are those of RFC 7638 section 3.1.
    const auto key = jose::publicKeyFromJwk(object(
        R"({"kty": "RSA", "e": "AQAB", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"})"));
    QVERIFY(key);
    const auto text = acme::keyAuthorization(u"DGyRejmCefe7v4NfDGDKfA", *key);
    QVERIFY(text);
    QCOMPARE(*text, "DGyRejmCefe7v4NfDGDKfA.NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_ba);
}

void TestAcmeObjects::refusesHostileTokens_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("path") << u"../../etc/passwd"_s;
    QTest::newRow("dot") << u"a.b"_s;
    QTest::newRow("padding") << u"YQ=="_s;
    QTest::newRow("line feed") << u"abc\ndef"_s;
    QTest::newRow("letter beyond ASCII") << u"caf\u00e9"_s;
    QTest::newRow("long") << QString(513, u'a');
}

void TestAcmeObjects::refusesHostileTokens()
{
    QFETCH(QString, token);
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256);
    QVERIFY(key);
    const auto text = acme::keyAuthorization(token, key->publicKey());
    QVERIFY(!text);
    QCOMPARE(text.error().code(), base::ErrorCode::Protocol);
}

void TestAcmeObjects::usesTheNewestNonceFirstAndOnce()
{
    acme::NoncePool pool;
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
    pool.add("older", now);
    pool.add("newer", now);
    QCOMPARE(pool.take(now).value_or("none"), "newer"_ba);
    QCOMPARE(pool.take(now).value_or("none"), "older"_ba);
    QVERIFY(!pool.take(now));
}

void TestAcmeObjects::forgetsOldAndSurplusNonces()
{
    acme::NoncePool pool;
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
    for (int i = 0; i < acme::NoncePool::Capacity + 10; ++i)
        pool.add("n" + QByteArray::number(i), now);
    QCOMPARE(pool.size(), acme::NoncePool::Capacity);
    QCOMPARE(pool.take(now).value_or("none"), "n" + QByteArray::number(acme::NoncePool::Capacity + 9));
    const qint64 lifetime = std::chrono::seconds(acme::NoncePool::Lifetime).count();
    QVERIFY(pool.take(now.addSecs(lifetime - 1)));
    QVERIFY(!pool.take(now.addSecs(lifetime)));
}

void TestAcmeObjects::dropsNoncesThatAreNoBase64Url()
{
    acme::NoncePool pool;
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
    for (const QByteArray& nonce : {""_ba, "a b"_ba, "a\"b"_ba, "YQ=="_ba})
        pool.add(nonce, now);
    QCOMPARE(pool.size(), 0);
}

void TestAcmeObjects::readsRenewalInformation()
{
    // RFC 9773 section 4.2
    const auto information = acme::RenewalInfo::fromJson(
        object(R"({"suggestedWindow": {"start": "2025-01-02T04:00:00Z", "end": "2025-01-03T04:00:00Z"},
                   "explanationURL": "https://acme.example.com/docs/ari"})"));
    QVERIFY(information);
    QCOMPARE(information->windowStart, QDateTime(QDate(2025, 1, 2), QTime(4, 0), Qt::UTC));
    QCOMPARE(information->windowEnd, QDateTime(QDate(2025, 1, 3), QTime(4, 0), Qt::UTC));
    QCOMPARE(information->explanationUrl, QUrl(u"https://acme.example.com/docs/ari"_s));
    const auto open = acme::RenewalInfo::fromJson(object(R"({"suggestedWindow": {"start": "2025-01-02T04:00:00Z"}})"));
    QVERIFY(!open);
    const auto reversed = acme::RenewalInfo::fromJson(
        object(R"({"suggestedWindow": {"start": "2025-01-03T04:00:00Z", "end": "2025-01-02T04:00:00Z"}})"));
    QVERIFY(!reversed);
    QCOMPARE(reversed.error().code(), base::ErrorCode::Protocol);
}

void TestAcmeObjects::buildsRenewalIdentifiers()
{
    // RFC 9773 section 4.1: the leading zero of the serial number stays.
    const auto identifier = acme::renewalIdentifier(QByteArray::fromHex("69885B6B87464041E1B37B847BA0AE2CDE01C8D4"),
                                                    QByteArray::fromHex("0087654321"));
    QVERIFY(identifier);
    QCOMPARE(*identifier, u"aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE"_s);
    QVERIFY(!acme::renewalIdentifier({}, QByteArray::fromHex("00")));
}

void TestAcmeObjects::decodesMacKeys_data()
{
    QTest::addColumn<QByteArray>("text");
    // Bytes fb ff 00 10 83 10 51 87 20 92, encoded by `base64` of coreutils and by hand into the URL alphabet.
    QTest::newRow("base64url") << "-_8AEIMQUYcgkg"_ba;
    QTest::newRow("padded base64url") << "-_8AEIMQUYcgkg=="_ba;
    QTest::newRow("standard") << "+/8AEIMQUYcgkg=="_ba;
    QTest::newRow("standard without padding") << "+/8AEIMQUYcgkg"_ba;
    QTest::newRow("quoted") << "\"-_8AEIMQUYcgkg\""_ba;
    QTest::newRow("white space") << " -_8AEI\r\nMQUYcgkg \n"_ba;
}

void TestAcmeObjects::decodesMacKeys()
{
    QFETCH(QByteArray, text);
    const auto decoded = acme::decodeMacKey(secret(text));
    QVERIFY(decoded);
    QCOMPARE(decoded->key.view().toByteArray().toHex(), "fbff0010831051872092"_ba);
    QVERIFY(!decoded->looksEncodedOnceMore);
}

void TestAcmeObjects::refusesMacKeysThatAreNoBase64_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("blanks") << "  \n"_ba;
    QTest::newRow("punctuation") << "hunter2!hunter2!"_ba;
    QTest::newRow("both alphabets") << "-_8AEIMQ+/cgkg=="_ba;
    QTest::newRow("impossible length") << "AAAAAAAAAAAAA"_ba;
    QTest::newRow("short") << "AAAA"_ba;
    QTest::newRow("padding in the middle") << "AAAAAAAA==AAAAAAAA"_ba;
}

void TestAcmeObjects::refusesMacKeysThatAreNoBase64()
{
    QFETCH(QByteArray, text);
    const auto decoded = acme::decodeMacKey(secret(text));
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code(), base::ErrorCode::InvalidInput);
    QCOMPARE(decoded.error().field(), u"eabKey"_s);
    QVERIFY(!decoded.error().message().contains(u"hunter2"_s));
}

void TestAcmeObjects::neverDecodesTwiceUnasked()
{
    // base64 of the text "-_8AEIMQUYcgkg", by `base64` of coreutils
    const auto decoded = acme::decodeMacKey(secret("LV84QUVJTVFVWWNna2c="));
    QVERIFY(decoded);
    QCOMPARE(decoded->key.view().toByteArray(), "-_8AEIMQUYcgkg"_ba);
    QVERIFY(decoded->looksEncodedOnceMore);
    const auto again = acme::decodeMacKeyAgain(*decoded);
    QVERIFY(again);
    QCOMPARE(again->key.view().toByteArray().toHex(), "fbff0010831051872092"_ba);
}

void TestAcmeObjects::signsExternalAccountBindings()
{
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256);
    QVERIFY(key);
    acme::ExternalAccountBinding binding {u"kid-1"_s, secret("0123456789abcdef0123456789abcdef"),
                                          jose::MacAlgorithm::HS384};
    const QUrl url(u"https://ca.test/new-account"_s);
    const auto jws = binding.sign(key->publicKey(), url);
    QVERIFY(jws);
    const auto verified = jose::verifyMac(QJsonDocument(*jws).toJson(), binding.macKey);
    QVERIFY(verified);
    const QJsonObject header = object(R"({"alg": "HS384", "kid": "kid-1", "url": "https://ca.test/new-account"})");
    QCOMPARE(verified->protectedHeader, header);
    QCOMPARE(verified->payload, jose::jwk(key->publicKey()).value());
}

void TestAcmeObjects::recognisesServers_data()
{
    QTest::addColumn<QString>("directoryUrl");
    QTest::addColumn<QString>("newNonce");
    QTest::addColumn<QString>("newAccount");
    QTest::addColumn<QString>("newOrder");
    QTest::addColumn<QString>("name");
    const QString none = u"https://x.test/a"_s;
    QTest::newRow("step-ca") << u"https://ca.lan/acme/acme/directory"_s << none << none
                             << u"https://ca.lan/acme/acme/new-order"_s << u"step-ca"_s;
    QTest::newRow("caddy") << u"https://caddy.lan/acme/local/directory"_s << none << none
                           << u"https://caddy.lan/acme/local/new-order"_s << u"caddy"_s;
    QTest::newRow("pebble") << u"https://localhost:14000/dir"_s << u"https://localhost:14000/nonce-plz"_s
                            << u"https://localhost:14000/sign-me-up"_s << none << u"pebble"_s;
    QTest::newRow("lets-encrypt") << u"https://acme-v02.api.letsencrypt.org/directory"_s << none << none << none
                                  << u"lets-encrypt"_s;
    QTest::newRow("ejbca") << u"https://ejbca.lan/ejbca/acme/alias/directory"_s << none << none << none << u"ejbca"_s;
    QTest::newRow("sectigo") << u"https://acme.enterprise.sectigo.com"_s << none << none << none << u"sectigo"_s;
    QTest::newRow("zerossl") << u"https://acme.zerossl.com/v2/DV90"_s << none << none << none << u"zerossl"_s;
    QTest::newRow("digicert") << u"https://acme.digicert.com/v2/acme/directory"_s << none << none << none
                              << u"digicert"_s;
    QTest::newRow("google") << u"https://dv.acme-v02.api.pki.goog/directory"_s << none << none << none
                            << u"google-trust-services"_s;
    QTest::newRow("boulder") << u"https://boulder.lan:4431/directory"_s << u"https://boulder.lan:4431/acme/new-nonce"_s
                             << u"https://boulder.lan:4431/acme/new-acct"_s
                             << u"https://boulder.lan:4431/acme/new-order"_s << u"boulder"_s;
    QTest::newRow("ssl-com") << u"https://acme.ssl.com/sslcom-dv-ecc"_s << none << none << none << u"ssl-com"_s;
    QTest::newRow("entrust") << u"https://acme.entrust.net/acme2/directory"_s << none << none << none << u"entrust"_s;
    QTest::newRow("harica") << u"https://acme.harica.gr/abc/directory"_s << none << none << none << u"harica"_s;
    QTest::newRow("actalis") << u"https://acme-api.actalis.com/acme/directory"_s << none << none << none
                             << u"actalis"_s;
    QTest::newRow("dogtag") << u"https://ipa-ca.lan/acme/directory"_s << u"https://ipa-ca.lan/acme/new-nonce"_s
                            << u"https://ipa-ca.lan/acme/new-account"_s << u"https://ipa-ca.lan/acme/new-order"_s
                            << u"dogtag"_s;
    QTest::newRow("openbao") << u"https://bao.lan:8200/v1/pki/roles/web/acme/directory"_s << none << none << none
                             << u"openbao"_s;
    QTest::newRow("django-ca") << u"https://ca.lan/django_ca/acme/directory/3F00/"_s
                               << u"https://ca.lan/django_ca/acme/3F00/new-nonce/"_s << none << none << u"django-ca"_s;
    QTest::newRow("a name that only ends alike")
        << u"https://notletsencrypt.org/directory"_s << none << none << none << u"generic"_s;
    QTest::newRow("generic") << u"https://ca.lan/directory"_s << none << none << none << u"generic"_s;
}

void TestAcmeObjects::recognisesServers()
{
    QFETCH(QString, directoryUrl);
    QFETCH(QString, newNonce);
    QFETCH(QString, newAccount);
    QFETCH(QString, newOrder);
    QFETCH(QString, name);
    acme::Directory directory;
    directory.newNonce = QUrl(newNonce);
    directory.newAccount = QUrl(newAccount);
    directory.newOrder = QUrl(newOrder);
    const acme::ServerTraits& traits = acme::recogniseServer(QUrl(directoryUrl), directory);
    QCOMPARE(QString::fromUtf16(traits.name), name);
    QCOMPARE(acme::traitsOf(traits.kind).kind, traits.kind);
    QCOMPARE(acme::traitsOf(QStringView(name)).kind, traits.kind);
}

void TestAcmeObjects::everyKindHasItsRow()
{
    for (int kind = 0; kind <= int(acme::ServerKind::DjangoCa); ++kind)
        QCOMPARE(int(acme::traitsOf(acme::ServerKind(kind)).kind), kind);
    QCOMPARE(acme::traitsOf(u"something else").kind, acme::ServerKind::Generic);
    QCOMPARE(acme::traitsOf(acme::ServerKind::GoogleTrustServices).externalAccountDays, 7);
    QVERIFY(acme::traitsOf(acme::ServerKind::StepCa).advertisesKeyChangeButLacksIt);
    QVERIFY(!acme::traitsOf(acme::ServerKind::Boulder).acceptsValidityDates);
}

void TestAcmeObjects::leavesSecretsOutOfExchanges()
{
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256);
    QVERIFY(key);
    acme::ExternalAccountBinding binding {u"kid-1"_s, secret("0123456789abcdef0123456789abcdef"),
                                          jose::MacAlgorithm::HS256};
    const QJsonObject jws = binding.sign(key->publicKey(), requestUrl).value();
    const QByteArray payload = QJsonDocument(QJsonObject {{u"contact"_s, QJsonArray {u"mailto:a@b.test"_s}},
                                                          {u"externalAccountBinding"_s, jws}})
                                   .toJson();
    acme::Exchange exchange {QDateTime(), "POST", requestUrl, QUrl(), payload};
    exchange.status = 201;
    exchange.headers = {{"Replay-Nonce", "N0nce"}, {"Location", "https://ca.test/a/1"}};
    exchange.body = payload;
    for (const QString& text : {exchange.requestText(), exchange.responseText()}) {
        QVERIFY(text.contains(u"mailto:a@b.test"_s));
        QVERIFY(text.contains(u"kid-1"_s));
        QVERIFY(!text.contains(jws[u"signature"_s].toString()));
        QVERIFY(!text.contains(jws[u"payload"_s].toString()));
        QVERIFY(!text.contains(u"N0nce"_s));
    }
    QVERIFY(exchange.responseText().contains(u"Location: https://ca.test/a/1"_s));
}

SEALWRIGHT_TEST(TestAcmeObjects)

} // namespace tst_acme_objects

#include "tst_acme_objects.moc"
