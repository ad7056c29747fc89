// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "jose/base64url.h"
#include "jose/jwk.h"
#include "jose/jws.h"
#include "support/await.h"
#include "support/fake_clock.h"
#include "support/scripted_http_client.h"
#include "support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <vector>

namespace tst_acme_client {

namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;

const QUrl directoryUrl(u"https://ca.test/dir"_s);
const QUrl newNonce(u"https://ca.test/nonce"_s);
const QUrl newAccount(u"https://ca.test/new-account"_s);
const QUrl newOrder(u"https://ca.test/new-order"_s);
const QUrl revokeCert(u"https://ca.test/revoke"_s);
const QUrl orderUrl(u"https://ca.test/order/1"_s);
const QUrl accountUrl(u"https://ca.test/account/1"_s);

const QByteArray directoryJson = R"({"newNonce": "/nonce", "newAccount": "/new-account", "newOrder": "/new-order",
                                     "revokeCert": "/revoke", "renewalInfo": "/renewal-info/"})";
const QByteArray badNonceJson = R"({"type": "urn:ietf:params:acme:error:badNonce", "detail": "stale"})";
const QByteArray htmlPage =
    "<html><head><title>t</title><style>h1 {x}</style></head><body><h1>Bad Gateway</h1></body></html>";

http::Headers nonce(const QByteArray& value)
{
    return {{"Replay-Nonce", value}};
}

base::Result<http::HttpResponse> failure(ErrorCode code)
{
    return base::failed(code, u"scripted"_s);
}

QJsonObject headerOf(const http::HttpRequest& request)
{
    const QJsonObject jws = QJsonDocument::fromJson(request.body).object();
    const auto text = jose::base64url::decode(jws[u"protected"_s].toString().toLatin1());
    return QJsonDocument::fromJson(text.value_or(QByteArray())).object();
}

QString nonceOf(const http::HttpRequest& request)
{
    return headerOf(request)[u"nonce"_s].toString();
}

acme::NewOrder orderOf(const QStringList& names)
{
    return acme::NewOrder {base::parseIdentifiers(names).value()};
}

} // namespace

class TestAcmeClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void readsTheDirectoryOnce();
    void readsTheDirectoryOnceForCallersAtTheSameTime();
    void saysWhatIsNoDirectory_data();
    void saysWhatIsNoDirectory();
    void keepsTheDirectoryWhenRefreshingFails();

    void signsWithKidAndUrlAndNonce();
    void signsNewAccountsWithTheirKey();
    void sendsExternalAccountBindings();
    void asksForNonceOnlyWhenNoneIsLeft();
    void saysWhenNewNonceGivesNone();

    void retriesWithTheNonceOfABadNonceReply();
    void takesAHtmlPageWithANonceForABadNonce();
    void retriesBadNoncesAtLeastTwentyTimes();
    void givesUpOnBadNoncesInTheEnd();
    void neverRepeatsWhatMayHaveSucceeded_data();
    void neverRepeatsWhatMayHaveSucceeded();
    void usesTheNonceOfTheBadNonceReplyForTheNextCall();
    void neverRepeatsChangesAfterNetworkErrors();
    void repeatsReadsAfterPassingFailures_data();
    void repeatsReadsAfterPassingFailures();
    void givesUpReadsAfterThreeTries();
    void repeatsNothingOnceStopped();
    void doesNotRepeatBeforeRetryAfter();

    void tellsWhenToRetry_data();
    void tellsWhenToRetry();
    void quotesPagesWithoutTheirTags();
    void carriesTheProblemDocumentAndTheStep();
    void refusesToFollowARedirectedPost();
    void refusesTruncatedJson();

    void findsAccountsWithoutMakingOne();
    void refusesAccountsAndOrdersWithoutLocation();
    void keepsTheUrlOfAnOrderWhoseBodyIsBroken();
    void resolvesRelativeLocations();
    void readsRetryAfterOfOrdersAndAuthorizations();
    void listsOrders();
    void listsOrdersInABareArray();
    void downloadsChainsWithAlternates();
    void refusesChainsWithoutCertificate();
    void takesAlreadyRevokedForRevoked();
    void revokesWithTheCertificatesKey();
    void readsRenewalInformation();
    void saysWhatTheServerDoesNotOffer();

    void manyRequestsAtOnceUseTheNoncesOfReplies();
    void reportsRedactedExchanges();

private:
    acme::AccountContext context();
    void expectDirectory() { m_http->expect("GET", directoryUrl, 200, directoryJson); }
    void expectNonce(const QByteArray& value) { m_http->expect("HEAD", newNonce, 200, {}, nonce(value)); }
    void expectStart()
    {
        expectDirectory();
        expectNonce("first");
    }
    base::Result<acme::Order> readOrder()
    {
        return support::await(m_client->order(context(), orderUrl, m_stop.get_token()));
    }
    base::Result<acme::Order> makeOrder()
    {
        return support::await(m_client->newOrder(context(), orderOf({u"a.test"_s}), m_stop.get_token()));
    }

    std::optional<crypto::PrivateKey> m_key;
    std::optional<support::FakeClock> m_clock;
    std::optional<support::ScriptedHttpClient> m_http;
    std::optional<acme::AcmeClient> m_client;
    std::stop_source m_stop;
    QList<acme::Exchange> m_exchanges;
};

void TestAcmeClient::initTestCase()
{
    m_key = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
}

void TestAcmeClient::init()
{
    m_stop = std::stop_source();
    m_exchanges.clear();
    m_clock.emplace();
    m_clock->setSleepsPass(true);
    m_http.emplace();
    m_client.emplace(*m_http, *m_clock, directoryUrl);
}

void TestAcmeClient::cleanup()
{
    QCOMPARE(m_http->surprises(), QStringList());
}

acme::AccountContext TestAcmeClient::context()
{
    return acme::AccountContext {*m_key, accountUrl,
                                 [this](const acme::Exchange& exchange) { m_exchanges.append(exchange); }};
}

void TestAcmeClient::readsTheDirectoryOnce()
{
    expectDirectory();
    QVERIFY(support::await(m_client->directory(m_stop.get_token())));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(support::await(m_client->directory(m_stop.get_token()))->newOrder, newOrder);
    m_http->expect("GET", directoryUrl, 200, R"({"newNonce": "/n", "newAccount": "/a", "newOrder": "/moved"})");
    QVERIFY(support::await(m_client->refreshDirectory(m_stop.get_token())));
    QCOMPARE(support::await(m_client->directory(m_stop.get_token()))->newOrder, QUrl(u"https://ca.test/moved"_s));
}

void TestAcmeClient::readsTheDirectoryOnceForCallersAtTheSameTime()
{
    expectDirectory();
    auto first = m_client->directory(m_stop.get_token());
    auto second = m_client->directory(m_stop.get_token());
    QVERIFY(support::await(std::move(second)));
    QVERIFY(support::await(std::move(first)));
}

void TestAcmeClient::saysWhatIsNoDirectory_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("a web page") << 200 << htmlPage << ErrorCode::InvalidInput;
    QTest::newRow("other JSON") << 200 << R"({"hello": "world"})"_ba << ErrorCode::InvalidInput;
    QTest::newRow("an array") << 200 << "[]"_ba << ErrorCode::InvalidInput;
    QTest::newRow("truncated") << 200 << directoryJson.left(50) << ErrorCode::InvalidInput;
    QTest::newRow("not found") << 404 << "nothing here"_ba << ErrorCode::Protocol;
}

void TestAcmeClient::saysWhatIsNoDirectory()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorCode, code);
    m_http->expect("GET", directoryUrl, status, body);
    const auto directory = support::await(m_client->directory(m_stop.get_token()));
    QVERIFY(!directory);
    QCOMPARE(directory.error().code(), code);
    QCOMPARE(directory.error().field(), u"directoryUrl"_s);
    QCOMPARE(directory.error().steps(), QStringList(u"reading directory"_s));
}

void TestAcmeClient::keepsTheDirectoryWhenRefreshingFails()
{
    expectDirectory();
    QVERIFY(support::await(m_client->directory(m_stop.get_token())));
    m_http->expect("GET", directoryUrl, 404, {});
    QVERIFY(!support::await(m_client->refreshDirectory(m_stop.get_token())));
    QVERIFY(support::await(m_client->directory(m_stop.get_token())));
}

void TestAcmeClient::signsWithKidAndUrlAndNonce()
{
    expectStart();
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})");
    const auto order = readOrder();
    QVERIFY(order);
    QCOMPARE(order->url, orderUrl);
    const http::HttpRequest& request = m_http->requests().last();
    const QJsonObject expected {{u"alg"_s, u"ES256"_s},
                                {u"kid"_s, accountUrl.toString()},
                                {u"nonce"_s, u"first"_s},
                                {u"url"_s, orderUrl.toString()}};
    QCOMPARE(headerOf(request), expected);
    QCOMPARE(request.headers, http::Headers({{"Content-Type", "application/jose+json"}}));
    const auto verified = jose::verifyFlattened(request.body, m_key->publicKey());
    QVERIFY(verified);
    QVERIFY(verified->payload.isEmpty());
}

void TestAcmeClient::signsNewAccountsWithTheirKey()
{
    expectStart();
    m_http->expect("POST", newAccount, 201, R"({"status": "valid", "contact": ["mailto:a@b.test"]})",
                   {{"Location", "https://ca.test/account/1"}});
    acme::NewAccount request {{u"mailto:a@b.test"_s}, true};
    const auto account = support::await(m_client->newAccount(context(), std::move(request), m_stop.get_token()));
    QVERIFY(account);
    QCOMPARE(account->url, accountUrl);
    QVERIFY(!account->existed);
    const QJsonObject header = headerOf(m_http->requests().last());
    QCOMPARE(header[u"jwk"_s].toObject(), jose::jwkObject(m_key->publicKey()).value());
    QVERIFY(!header.contains(u"kid"_s));
    const auto verified = jose::verifyFlattened(m_http->requests().last().body, m_key->publicKey());
    QVERIFY(verified);
    const QJsonObject payload {{u"contact"_s, QJsonArray {u"mailto:a@b.test"_s}}, {u"termsOfServiceAgreed"_s, true}};
    QCOMPARE(QJsonDocument::fromJson(verified->payload).object(), payload);
}

void TestAcmeClient::sendsExternalAccountBindings()
{
    expectStart();
    m_http->expect("POST", newAccount, 200, "{}", {{"Location", "/account/1"}});
    const base::Secret macKey(QByteArray(32, 'k'));
    acme::NewAccount request;
    request.externalAccountBinding = acme::ExternalAccountBinding {u"kid-1"_s, macKey.clone()};
    const auto account = support::await(m_client->newAccount(context(), std::move(request), m_stop.get_token()));
    QVERIFY(account);
    QVERIFY(account->existed);
    const auto verified = jose::verifyFlattened(m_http->requests().last().body, m_key->publicKey());
    QVERIFY(verified);
    const QJsonObject payload = QJsonDocument::fromJson(verified->payload).object();
    QVERIFY(!payload.contains(u"contact"_s));
    const QByteArray binding = QJsonDocument(payload[u"externalAccountBinding"_s].toObject()).toJson();
    const auto inner = jose::verifyMac(binding, macKey);
    QVERIFY(inner);
    QCOMPARE(inner->protectedHeader[u"url"_s].toString(), newAccount.toString());
    QVERIFY(!inner->protectedHeader.contains(u"nonce"_s));
}

void TestAcmeClient::asksForNonceOnlyWhenNoneIsLeft()
{
    expectStart();
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})", nonce("second"));
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})");
    expectNonce("third");
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})");
    QVERIFY(readOrder());
    QVERIFY(readOrder());
    QCOMPARE(nonceOf(m_http->requests().last()), u"second"_s);
    QVERIFY(readOrder());
    QCOMPARE(nonceOf(m_http->requests().last()), u"third"_s);
}

void TestAcmeClient::saysWhenNewNonceGivesNone()
{
    expectDirectory();
    m_http->expect("HEAD", newNonce, 200, {});
    const auto order = readOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Protocol);
    QCOMPARE(order.error().steps(), QStringList({u"reading order"_s, u"getting a nonce"_s}));
}

void TestAcmeClient::retriesWithTheNonceOfABadNonceReply()
{
    expectStart();
    m_http->expect("POST", orderUrl, 400, badNonceJson, nonce("fresh"));
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})");
    QVERIFY(readOrder());
    QCOMPARE(nonceOf(m_http->requests().last()), u"fresh"_s);
    QCOMPARE(m_clock->sleeps().size(), 0);
}

void TestAcmeClient::takesAHtmlPageWithANonceForABadNonce()
{
    expectStart();
    m_http->expect("POST", orderUrl, 400, htmlPage, nonce("fresh"));
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})");
    QVERIFY(readOrder());
    QCOMPARE(nonceOf(m_http->requests().last()), u"fresh"_s);
}

void TestAcmeClient::retriesBadNoncesAtLeastTwentyTimes()
{
    // The clock runs far past the period in which bad nonces are retried anyway.
    m_clock->setSleepsPass(true);
    expectStart();
    for (int i = 0; i < 20; ++i)
        m_http->expect("POST", orderUrl, 400, badNonceJson, nonce("n" + QByteArray::number(i)));
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})");
    QVERIFY(readOrder());
    QCOMPARE(nonceOf(m_http->requests().last()), u"n19"_s);
}

void TestAcmeClient::givesUpOnBadNoncesInTheEnd()
{
    support::ScriptedHttpClient endless;
    endless.expect("GET", directoryUrl, 200, directoryJson);
    endless.expect("HEAD", newNonce, 200, {}, nonce("first"));
    for (int i = 0; i < 400; ++i)
        endless.expect("POST", orderUrl, 400, badNonceJson, nonce("n"));
    acme::AcmeClient client(endless, *m_clock, directoryUrl);
    const auto order = support::await(client.order(context(), orderUrl, m_stop.get_token()));
    QVERIFY(!order);
    QVERIFY2(acme::isBadNonce(order.error()), qPrintable(order.error().message()));
    QVERIFY(endless.requests().size() > 22);
    QVERIFY(endless.requests().size() < 400);
}

void TestAcmeClient::neverRepeatsWhatMayHaveSucceeded_data()
{
    QTest::addColumn<QString>("method");
    for (const QString& method : {u"newOrder"_s, u"finalize"_s, u"respond"_s})
        QTest::newRow(qPrintable(method)) << method;
}

void TestAcmeClient::neverRepeatsWhatMayHaveSucceeded()
{
    QFETCH(QString, method);
    const QUrl url = method == u"newOrder"_s ? newOrder : QUrl(u"https://ca.test/"_s + method);
    const auto call = [&]() -> base::Error {
        if (method == u"newOrder"_s)
            return makeOrder().error();
        if (method == u"finalize"_s)
            return support::await(m_client->finalize(context(), url, "csr", m_stop.get_token())).error();
        return support::await(m_client->respond(context(), url, m_stop.get_token())).error();
    };
    expectStart();
    m_http->expect("POST", url, 400, badNonceJson, nonce("second"));
    const auto refused = call();
    QVERIFY(acme::isBadNonce(refused));
    QCOMPARE(refused.code(), ErrorCode::Rejected);
    m_http->expect("POST", url, failure(ErrorCode::Network));
    QCOMPARE(call().code(), ErrorCode::Network);
    expectNonce("third");
    m_http->expect("POST", url, 500, htmlPage, nonce("fourth"));
    QCOMPARE(call().code(), ErrorCode::Protocol);
    m_http->expect("POST", url, 400, htmlPage, nonce("fifth"));
    QVERIFY(acme::isBadNonce(call()));
}

void TestAcmeClient::usesTheNonceOfTheBadNonceReplyForTheNextCall()
{
    expectStart();
    m_http->expect("POST", newOrder, 400, badNonceJson, nonce("fresh"));
    QVERIFY(!makeOrder());
    m_http->expect("POST", newOrder, 201, R"({"status": "pending"})", {{"Location", "/order/1"}});
    QVERIFY(makeOrder());
    QCOMPARE(nonceOf(m_http->requests().last()), u"fresh"_s);
}

void TestAcmeClient::neverRepeatsChangesAfterNetworkErrors()
{
    expectStart();
    m_http->expect("POST", newAccount, failure(ErrorCode::Network));
    const auto account = support::await(m_client->newAccount(context(), acme::NewAccount(), m_stop.get_token()));
    QVERIFY(!account);
    QCOMPARE(account.error().code(), ErrorCode::Network);
    QCOMPARE(account.error().steps(), QStringList(u"creating account"_s));
    expectNonce("second");
    m_http->expect("POST", revokeCert, failure(ErrorCode::Timeout));
    const auto revoked = support::await(m_client->revoke(context(), "der", 1, m_stop.get_token()));
    QVERIFY(!revoked);
    QCOMPARE(revoked.error().code(), ErrorCode::Timeout);
}

void TestAcmeClient::repeatsReadsAfterPassingFailures_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("status");
    QTest::newRow("network") << ErrorCode::Network << 0;
    QTest::newRow("timeout") << ErrorCode::Timeout << 0;
    QTest::newRow("500") << ErrorCode::Protocol << 500;
    QTest::newRow("502") << ErrorCode::Protocol << 502;
}

void TestAcmeClient::repeatsReadsAfterPassingFailures()
{
    QFETCH(ErrorCode, code);
    QFETCH(int, status);
    const auto passing = [&](const QUrl& url) {
        return status == 0 ? failure(code) : http::HttpResponse {status, {}, htmlPage, url};
    };
    m_http->expect("GET", directoryUrl, passing(directoryUrl));
    expectDirectory();
    m_http->expect("HEAD", newNonce, passing(newNonce));
    expectNonce("first");
    m_http->expect("POST", orderUrl, passing(orderUrl));
    expectNonce("second");
    m_http->expect("POST", orderUrl, 200, R"({"status": "ready"})");
    QVERIFY(readOrder());
    QCOMPARE(nonceOf(m_http->requests().last()), u"second"_s);
    QCOMPARE(m_clock->sleeps().size(), 3);
}

void TestAcmeClient::givesUpReadsAfterThreeTries()
{
    expectStart();
    m_http->expect("POST", orderUrl, 503, htmlPage, nonce("a"));
    m_http->expect("POST", orderUrl, 503, htmlPage, nonce("b"));
    m_http->expect("POST", orderUrl, 503, htmlPage, nonce("c"));
    const auto order = readOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Protocol);
}

void TestAcmeClient::repeatsNothingOnceStopped()
{
    expectStart();
    m_http->expect("POST", orderUrl, failure(ErrorCode::Network));
    m_stop.request_stop();
    const auto order = readOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Network);
}

void TestAcmeClient::doesNotRepeatBeforeRetryAfter()
{
    expectStart();
    m_http->expect("POST", orderUrl, 503, "busy", {{"Retry-After", "600"}});
    const auto order = readOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().retryAt().value_or(QDateTime()), m_clock->now().addSecs(600));
}

void TestAcmeClient::tellsWhenToRetry_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("retryAfter");
    const QByteArray problem = R"({"type": "urn:ietf:params:acme:error:rateLimited", "detail": "later"})";
    QTest::newRow("seconds") << problem << "3600"_ba;
    // 1 800 000 000 s after the epoch is Fri, 15 Jan 2027 08:00:00 GMT (`date -u -d @1800000000`).
    QTest::newRow("date") << problem << "Fri, 15 Jan 2027 09:00:00 GMT"_ba;
    QTest::newRow("no problem document") << htmlPage << "3600"_ba;
    QTest::newRow("another problem") << R"({"type": "about:blank", "title": "Too Many"})"_ba
                                     << "3600"_ba;
}

void TestAcmeClient::tellsWhenToRetry()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, retryAfter);
    expectStart();
    m_http->expect("POST", newOrder, 429, body, {{"Retry-After", retryAfter}});
    const auto order = makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::RateLimited);
    QCOMPARE(order.error().retryAt().value_or(QDateTime()), QDateTime::fromSecsSinceEpoch(1'800'003'600, Qt::UTC));
}

void TestAcmeClient::quotesPagesWithoutTheirTags()
{
    expectStart();
    m_http->expect("POST", newOrder, 502, htmlPage + QByteArray(5000, 'x'));
    const auto order = makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Protocol);
    QVERIFY(order.error().message().startsWith(u"creating order: HTTP 502 with an HTML page: t Bad Gateway"_s));
    QVERIFY(order.error().message().size() < 300);
    QVERIFY(!order.error().message().contains(u'<'));
}

void TestAcmeClient::carriesTheProblemDocumentAndTheStep()
{
    expectStart();
    m_http->expect("POST", newOrder, 400,
                   R"({"type": "urn:ietf:params:acme:error:rejectedIdentifier", "detail": "no",
                       "subproblems": [{"type": "malformed", "detail": "bad", "identifier": {"value": "a.test"}}]})");
    const auto order = makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Rejected);
    QVERIFY(order.error().problem()->is(u"rejectedIdentifier"));
    QCOMPARE(order.error().problem()->subproblems.value(0).identifier, u"a.test"_s);
    QCOMPARE(order.error().steps(), QStringList(u"creating order"_s));
}

void TestAcmeClient::refusesToFollowARedirectedPost()
{
    expectStart();
    m_http->expect("POST", newOrder, 307, {}, {{"Location", "http://ca.test/clear"}});
    const auto order = makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Protocol);
    QVERIFY(order.error().message().contains(u"http://ca.test/clear"_s));
}

void TestAcmeClient::refusesTruncatedJson()
{
    expectStart();
    m_http->expect("POST", orderUrl, 200, R"({"status": "rea)", {{"Content-Type", "application/json"}});
    const auto order = readOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Protocol);
    QVERIFY(order.error().message().startsWith(u"reading order: HTTP 200 with broken JSON"_s));
}

void TestAcmeClient::findsAccountsWithoutMakingOne()
{
    expectStart();
    m_http->expect("POST", newAccount, 200, R"({"status": "valid"})", {{"Location", "/account/1"}});
    const auto account = support::await(m_client->findAccount(context(), m_stop.get_token()));
    QVERIFY(account);
    QCOMPARE(account->url, accountUrl);
    const auto verified = jose::verifyFlattened(m_http->requests().last().body, m_key->publicKey());
    QVERIFY(verified);
    QCOMPARE(verified->payload, R"({"onlyReturnExisting":true})"_ba);
}

void TestAcmeClient::refusesAccountsAndOrdersWithoutLocation()
{
    expectStart();
    m_http->expect("POST", newAccount, 201, R"({"status": "valid"})", nonce("second"));
    const auto account = support::await(m_client->newAccount(context(), acme::NewAccount(), m_stop.get_token()));
    QVERIFY(!account);
    QCOMPARE(account.error().code(), ErrorCode::Protocol);
    QVERIFY(account.error().message().contains(u"Location"_s));
    m_http->expect("POST", newOrder, 201, R"({"status": "pending"})");
    const auto order = makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Protocol);
    QVERIFY(order.error().message().contains(u"Location"_s));
}

void TestAcmeClient::keepsTheUrlOfAnOrderWhoseBodyIsBroken()
{
    expectStart();
    m_http->expect("POST", newOrder, 201, R"({"status": "pen)", {{"Location", "/order/1"}});
    const auto order = makeOrder();
    QVERIFY(order);
    QCOMPARE(order->url, orderUrl);
    QCOMPARE(order->status, acme::OrderStatus::Unknown);
}

void TestAcmeClient::resolvesRelativeLocations()
{
    expectStart();
    m_http->expect("POST", newOrder, 201, R"({"status": "pending", "finalize": "order/1/finalize"})",
                   {{"Location", "order/1"}});
    const auto order = makeOrder();
    QVERIFY(order);
    QCOMPARE(order->url, orderUrl);
    QCOMPARE(order->finalize, QUrl(u"https://ca.test/order/1/finalize"_s));
}

void TestAcmeClient::readsRetryAfterOfOrdersAndAuthorizations()
{
    expectStart();
    m_http->expect("POST", orderUrl, 200, R"({"status": "processing"})", {{"Retry-After", "5"}, {"Replay-Nonce", "n"}});
    const auto order = readOrder();
    QVERIFY(order);
    QCOMPARE(order->retryAfter.value_or(QDateTime()), m_clock->now().addSecs(5));
    const QUrl url(u"https://ca.test/authz/1"_s);
    m_http->expect("POST", url, 200, R"({"status": "pending"})", {{"retry-after", "7"}});
    const auto authorization = support::await(m_client->authorization(context(), url, m_stop.get_token()));
    QVERIFY(authorization);
    QCOMPARE(authorization->url, url);
    QCOMPARE(authorization->retryAfter.value_or(QDateTime()), m_clock->now().addSecs(7));
}

void TestAcmeClient::listsOrders()
{
    const QUrl url(u"https://ca.test/account/1/orders"_s);
    expectStart();
    m_http->expect("POST", url, 200, R"({"orders": ["https://ca.test/order/1", "/order/2", null]})",
                   {{"Link", "<https://ca.test/dir>;rel=\"index\", </account/1/orders?cursor=2>; rel=\"next\""}});
    const auto list = support::await(m_client->orders(context(), url, m_stop.get_token()));
    QVERIFY(list);
    QCOMPARE(list->orders, QList<QUrl>({orderUrl, QUrl(u"https://ca.test/order/2"_s)}));
    QCOMPARE(list->next, QUrl(u"https://ca.test/account/1/orders?cursor=2"_s));
}

void TestAcmeClient::listsOrdersInABareArray()
{
    const QUrl url(u"https://ca.test/account/1/orders"_s);
    expectStart();
    m_http->expect("POST", url, 200, R"(["https://ca.test/order/1"])");
    const auto list = support::await(m_client->orders(context(), url, m_stop.get_token()));
    QVERIFY(list);
    QCOMPARE(list->orders, QList<QUrl>({orderUrl}));
    QVERIFY(list->next.isEmpty());
}

void TestAcmeClient::downloadsChainsWithAlternates()
{
    const QUrl url(u"https://ca.test/certificate/1"_s);
    const QByteArray pem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
    expectStart();
    m_http->expect("POST", url, 200, pem,
                   {{"Link", "<https://ca.test/dir>;rel=\"index\""},
                    {"link", "</certificate/1/alternate/1>; rel=alternate"},
                    {"Link", "<http://ca.test/clear>; rel=\"alternate\""}});
    const auto download = support::await(m_client->downloadChain(context(), url, m_stop.get_token()));
    QVERIFY(download);
    QCOMPARE(download->pem, pem);
    QCOMPARE(download->alternates, QList<QUrl>({QUrl(u"https://ca.test/certificate/1/alternate/1"_s)}));
    QVERIFY(m_http->requests().last().headers.contains({"Accept", "application/pem-certificate-chain"}));
}

void TestAcmeClient::refusesChainsWithoutCertificate()
{
    const QUrl url(u"https://ca.test/certificate/1"_s);
    expectStart();
    m_http->expect("POST", url, 200, htmlPage);
    const auto download = support::await(m_client->downloadChain(context(), url, m_stop.get_token()));
    QVERIFY(!download);
    QCOMPARE(download.error().code(), ErrorCode::Protocol);
}

void TestAcmeClient::takesAlreadyRevokedForRevoked()
{
    expectStart();
    m_http->expect("POST", revokeCert, 400, badNonceJson, nonce("second"));
    m_http->expect("POST", revokeCert, 400, R"({"type": "urn:ietf:params:acme:error:alreadyRevoked"})");
    QVERIFY(support::await(m_client->revoke(context(), "der", 4, m_stop.get_token())));
    const auto verified = jose::verifyFlattened(m_http->requests().last().body, m_key->publicKey());
    QVERIFY(verified);
    const QJsonObject payload {{u"certificate"_s, u"ZGVy"_s}, {u"reason"_s, 4}};
    QCOMPARE(QJsonDocument::fromJson(verified->payload).object(), payload);
}

void TestAcmeClient::revokesWithTheCertificatesKey()
{
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP384);
    QVERIFY(key);
    expectStart();
    m_http->expect("POST", revokeCert, 200, {});
    QVERIFY(support::await(m_client->revokeWithCertificateKey(*key, "der", 1, {}, m_stop.get_token())));
    const QJsonObject header = headerOf(m_http->requests().last());
    QCOMPARE(header[u"alg"_s].toString(), u"ES384"_s);
    QCOMPARE(header[u"jwk"_s].toObject(), jose::jwkObject(key->publicKey()).value());
    QVERIFY(jose::verifyFlattened(m_http->requests().last().body, key->publicKey()));
}

void TestAcmeClient::readsRenewalInformation()
{
    expectDirectory();
    m_http->expect("GET", QUrl(u"https://ca.test/renewal-info/aYhb.AIdl"_s), 200,
                   R"({"suggestedWindow": {"start": "2027-01-02T04:00:00Z", "end": "2027-01-03T04:00:00Z"}})",
                   {{"Retry-After", "21600"}});
    const auto information = support::await(m_client->renewalInfo(u"aYhb.AIdl"_s, m_stop.get_token()));
    QVERIFY(information);
    QCOMPARE(information->windowEnd, QDateTime(QDate(2027, 1, 3), QTime(4, 0), Qt::UTC));
    QCOMPARE(information->retryAfter.value_or(QDateTime()), m_clock->now().addSecs(21600));
}

void TestAcmeClient::saysWhatTheServerDoesNotOffer()
{
    m_http->expect("GET", directoryUrl, 200, R"({"newNonce": "/n", "newAccount": "/a", "newOrder": "/o"})");
    const auto information = support::await(m_client->renewalInfo(u"a.b"_s, m_stop.get_token()));
    QVERIFY(!information);
    QCOMPARE(information.error().code(), ErrorCode::Unsupported);
    const auto revoked = support::await(m_client->revoke(context(), "der", 0, m_stop.get_token()));
    QVERIFY(!revoked);
    QCOMPARE(revoked.error().code(), ErrorCode::Unsupported);
}

void TestAcmeClient::manyRequestsAtOnceUseTheNoncesOfReplies()
{
    constexpr int first = 8;
    constexpr int all = 20;
    expectDirectory();
    QVERIFY(support::await(m_client->directory(m_stop.get_token())));
    for (int i = 0; i < first; ++i)
        expectNonce("first-" + QByteArray::number(i));
    for (int i = 0; i < all; ++i)
        m_http->expect("POST", orderUrl, 200, R"({"status": "pending"})", nonce("next-" + QByteArray::number(i)));
    std::vector<base::Task<base::Result<acme::Order>>> reads;
    for (int i = 0; i < all; ++i)
        reads.push_back(m_client->order(context(), orderUrl, m_stop.get_token()));
    for (auto& read : reads)
        QVERIFY(support::await(std::move(read)));
    QCOMPARE(m_http->surprises(), QStringList());
    QSet<QString> used;
    for (const acme::Exchange& exchange : m_exchanges)
        QCOMPARE(exchange.status, 200);
    for (const http::HttpRequest& request : m_http->requests().mid(1 + first))
        used.insert(headerOf(request)[u"nonce"_s].toString());
    QCOMPARE(used.size(), all);
}

void TestAcmeClient::reportsRedactedExchanges()
{
    expectStart();
    m_http->expect("POST", newOrder, 400, badNonceJson, nonce("second"));
    QVERIFY(!makeOrder());
    m_http->expect("POST", newOrder, failure(ErrorCode::Network));
    QVERIFY(!makeOrder());
    QCOMPARE(m_exchanges.size(), 2);
    QCOMPARE(m_exchanges.first().status, 400);
    QCOMPARE(m_exchanges.first().url, newOrder);
    QVERIFY(m_exchanges.first().requestText().contains(u"a.test"_s));
    QVERIFY(m_exchanges.first().responseText().contains(u"badNonce"_s));
    QCOMPARE(m_exchanges.last().status, 0);
    QVERIFY(m_exchanges.last().responseText().contains(u"scripted"_s));
    for (const http::HttpRequest& request : m_http->requests()) {
        const QString signature = QJsonDocument::fromJson(request.body).object()[u"signature"_s].toString();
        for (const acme::Exchange& exchange : m_exchanges) {
            QVERIFY(signature.isEmpty() || !exchange.requestText().contains(signature));
            QVERIFY(!exchange.requestText().contains(u"first"_s));
            QVERIFY(!exchange.responseText().contains(u"second"_s));
        }
    }
}

SEALWRIGHT_TEST(TestAcmeClient)

} // namespace tst_acme_client

#include "tst_acme_client.moc"
