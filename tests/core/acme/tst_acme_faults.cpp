// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "acme/key_authorization.h"
#include "crypto/certificate.h"
#include "crypto/certificate_request.h"
#include "crypto/chain.h"
#include "http/network_http_client.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/fake_clock.h"
#include "support/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

namespace tst_acme_faults {

/// AcmeClient over real TLS against a server that goes wrong: each fault ends in success or in one clear sentence.

namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using support::Fault;
using support::Step;

http::TrustSettings trusting(const QByteArray& rootPem)
{
    return http::TrustSettings {rootPem, http::Proxy::parse(u"none"_s).value()};
}

struct Fixture {
    Fixture()
    {
        clock.setSleepsPass(true);
        server.setNow([this] { return clock.now(); });
        server.setProcessingPolls(1);
    }

    std::stop_token stop() const { return stopSource.get_token(); }

    base::Result<acme::Account> makeAccount()
    {
        acme::NewAccount request {{u"mailto:pki@a.test"_s}, true};
        auto account = support::await(client.newAccount(context, std::move(request), stop()));
        if (account)
            context.url = account->url;
        return account;
    }

    base::Result<acme::Order> makeOrder(const QStringList& names = {QStringLiteral("a.test")})
    {
        acme::NewOrder request {base::parseIdentifiers(names).value()};
        return support::await(client.newOrder(context, request, stop()));
    }

    base::Result<acme::Order> order(const QUrl& url) { return support::await(client.order(context, url, stop())); }
    base::Result<acme::Authorization> authorization(const QUrl& url)
    {
        return support::await(client.authorization(context, url, stop()));
    }
    base::Result<acme::Challenge> respond(const QUrl& url)
    {
        return support::await(client.respond(context, url, stop()));
    }
    base::Result<acme::Order> finalize(const acme::Order& order, const QByteArray& csr)
    {
        return support::await(client.finalize(context, order.finalize, csr, stop()));
    }

    /// An order whose every authorization is valid.
    acme::Order readyOrder(const QStringList& names)
    {
        const acme::Order made = makeOrder(names).value();
        for (const QUrl& url : made.authorizations)
            respond(authorization(url)->challenge(u"dns-01")->url).value();
        return order(made.url).value();
    }

    support::FakeClock clock {QDateTime::currentDateTimeUtc()};
    support::AcmeFaultServer server;
    http::NetworkHttpClient http {trusting(server.tlsRootPem())};
    acme::AcmeClient client {http, clock, server.directoryUrl()};
    std::stop_source stopSource;
    acme::AccountContext context {crypto::PrivateKey::generate(crypto::KeyType::EcP256).value()};
};

} // namespace

class TestAcmeFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issuesAndRevokesACertificate();
    void issuesWithSevenRequests();
    void validatesHttp01ByFetching();
    void reportsFailedValidation();
    void reportsPendingWithError();
    void bindsExternalAccountsOnce();
    void showsRejectedIdentifiers();
    void recoversReads_data();
    void recoversReads();
    void recoversTheDirectory_data();
    void recoversTheDirectory();
    void saysWhatIsWrongWithReads_data();
    void saysWhatIsWrongWithReads();
    void findsTheAccountOfALostReply();
    void retriesNewAccountAfterBadNonce();
    void neverMakesASecondOrderByItself_data();
    void neverMakesASecondOrderByItself();
    void keepsTheOrderUrlOfATruncatedReply();
    void readsTheOrderThatABadNonceHid();
    void readsTheChallengeThatABadNonceHid();
    void tellsWhenToComeBack_data();
    void tellsWhenToComeBack();
    void copesWithServersThatForgetTheNonce();
    void endsWhenStopped();
    void reconnectsAfterIdling();
};

void TestAcmeFaults::issuesAndRevokesACertificate()
{
    Fixture f;
    QVERIFY(f.makeAccount());
    const QStringList names {u"a.test"_s, u"*.b.test"_s, u"127.0.0.1"_s};
    const acme::Order ready = f.readyOrder(names);
    QCOMPARE(ready.status, acme::OrderStatus::Ready);
    const auto identifiers = base::parseIdentifiers(names).value();
    QVERIFY(ready.isFor(identifiers));
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
    const auto finalized = f.finalize(ready, crypto::certificateRequestDer(key, identifiers).value());
    QVERIFY(finalized);
    QCOMPARE(finalized->status, acme::OrderStatus::Processing);
    QCOMPARE(finalized->url, ready.url);
    QCOMPARE(f.order(ready.url)->status, acme::OrderStatus::Processing);
    const auto valid = f.order(ready.url);
    QCOMPARE(valid->status, acme::OrderStatus::Valid);
    const auto download = support::await(f.client.downloadChain(f.context, valid->certificate, f.stop()));
    QVERIFY(download);
    const auto chain = crypto::chainFromPem(download->pem);
    QVERIFY(chain);
    QVERIFY(crypto::checkAgainst(*chain, key.publicKey(), identifiers));
    const auto roots = crypto::certificatesFromPem(f.server.issuerRootPem()).value();
    QVERIFY(crypto::verifyAgainstRoots(*chain, roots, f.clock.now()));
    QVERIFY(support::await(f.client.revoke(f.context, chain->leaf.der(), 4, f.stop())));
    QVERIFY(support::await(f.client.revokeWithCertificateKey(key, chain->leaf.der(), 1, {}, f.stop())));
    QCOMPARE(f.server.revocations().size(), 1);
    QCOMPARE(f.server.revocations().first().second, 4);
    QVERIFY(support::await(f.client.deactivateAccount(f.context, f.stop())));
    QVERIFY(!support::await(f.client.account(f.context, f.stop())));
}

void TestAcmeFaults::issuesWithSevenRequests()
{
    Fixture f;
    QVERIFY(f.makeAccount());
    f.server.setProcessingPolls(0);
    const qint64 before = f.http.statistics().requests;
    const acme::Order order = f.makeOrder().value();
    const auto authorization = f.authorization(order.authorizations.first()).value();
    QVERIFY(f.respond(authorization.challenge(u"http-01")->url));
    QCOMPARE(f.authorization(order.authorizations.first())->status, acme::AuthorizationStatus::Valid);
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
    const auto csr = crypto::certificateRequestDer(key, base::parseIdentifiers({u"a.test"_s}).value()).value();
    QVERIFY(f.finalize(order, csr));
    const auto valid = f.order(order.url).value();
    QVERIFY(support::await(f.client.downloadChain(f.context, valid.certificate, f.stop())));
    QCOMPARE(f.http.statistics().requests - before, 7);
    QCOMPARE(f.http.statistics().tlsConnections, 1);
    QCOMPARE(f.server.requests(Step::NewNonce), 0);
}

void TestAcmeFaults::validatesHttp01ByFetching()
{
    Fixture f;
    QTcpServer responder;
    QVERIFY(responder.listen(QHostAddress::LocalHost));
    QByteArray served;
    connect(&responder, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = responder.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&served, socket] {
            socket->write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + served);
            socket->disconnectFromHost();
        });
    });
    f.server.setValidation(support::Validation::Http01);
    f.server.setHttp01Port(responder.serverPort());
    QVERIFY(f.makeAccount());
    const acme::Order order = f.makeOrder().value();
    const QUrl url = order.authorizations.first();
    const auto challenge = f.authorization(url)->challenge(u"http-01");
    served = acme::keyAuthorization(challenge->token, f.context.key.publicKey()).value();
    QCOMPARE(f.respond(challenge->url)->status, acme::ChallengeStatus::Processing);
    QTRY_COMPARE(f.authorization(url)->status, acme::AuthorizationStatus::Valid);
}

void TestAcmeFaults::reportsFailedValidation()
{
    Fixture f;
    f.server.setValidation(support::Validation::AlwaysInvalid);
    QVERIFY(f.makeAccount());
    const acme::Order order = f.makeOrder().value();
    const auto authorization = f.authorization(order.authorizations.first()).value();
    QCOMPARE(authorization.challenges.first().type, u"smoke-signal-01"_s);
    QVERIFY(authorization.challenges.first().token.isEmpty());
    QVERIFY(f.respond(authorization.challenge(u"http-01")->url));
    const auto failed = f.authorization(order.authorizations.first()).value();
    QCOMPARE(failed.status, acme::AuthorizationStatus::Invalid);
    QVERIFY(failed.challenge(u"http-01")->error->is(u"incorrectResponse"));
    QCOMPARE(f.order(order.url)->status, acme::OrderStatus::Invalid);
}

void TestAcmeFaults::reportsPendingWithError()
{
    Fixture f;
    f.server.setValidation(support::Validation::PendingWithError);
    QVERIFY(f.makeAccount());
    const acme::Order order = f.makeOrder().value();
    const auto authorization = f.authorization(order.authorizations.first()).value();
    QVERIFY(f.respond(authorization.challenge(u"http-01")->url));
    const auto stuck = f.authorization(order.authorizations.first()).value();
    QCOMPARE(stuck.status, acme::AuthorizationStatus::Pending);
    QVERIFY(stuck.challenge(u"http-01")->error);
}

void TestAcmeFaults::bindsExternalAccountsOnce()
{
    Fixture f;
    f.server.setExternalAccounts({{u"kid-1"_s, QByteArray(32, 'k')}});
    const auto bare = f.makeAccount();
    QVERIFY(!bare);
    QVERIFY(bare.error().problem()->is(u"externalAccountRequired"));
    const auto bind = [&f] {
        acme::NewAccount request;
        request.externalAccountBinding = acme::ExternalAccountBinding {u"kid-1"_s, base::Secret(QByteArray(32, 'k'))};
        return support::await(f.client.newAccount(f.context, std::move(request), f.stop()));
    };
    const auto bound = bind();
    QVERIFY2(bound, bound ? "" : qPrintable(bound.error().message()));
    QVERIFY(bind()->existed);
    f.context.key = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
    QVERIFY(!bind());
    QCOMPARE(f.server.accountsCreated(), 1);
}

void TestAcmeFaults::showsRejectedIdentifiers()
{
    Fixture f;
    f.server.setBlockedNames({u"blocked.test"_s});
    QVERIFY(f.makeAccount());
    const auto order = f.makeOrder({u"a.test"_s, u"blocked.test"_s});
    QVERIFY(!order);
    QVERIFY(order.error().problem()->is(u"rejectedIdentifier"));
    QCOMPARE(order.error().problem()->subproblems.value(0).identifier, u"blocked.test"_s);
}

void TestAcmeFaults::recoversReads_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::newRow("reset before") << Fault::ResetBeforeProcessing;
    QTest::newRow("reset after") << Fault::ResetAfterProcessing;
    QTest::newRow("delivered twice") << Fault::DeliveredTwice;
    QTest::newRow("bad nonce") << Fault::BadNonce;
    QTest::newRow("mute bad nonce") << Fault::MuteBadNonce;
    QTest::newRow("500 with a page") << Fault::InternalErrorHtml;
    QTest::newRow("cut body") << Fault::CutBody;
    QTest::newRow("no nonce") << Fault::MissingNonce;
    QTest::newRow("relative URLs") << Fault::RelativeUrls;
}

void TestAcmeFaults::recoversReads()
{
    QFETCH(Fault, fault);
    Fixture f;
    QVERIFY(f.makeAccount());
    const acme::Order made = f.makeOrder().value();
    f.server.failNext(Step::Order, fault, 2);
    const auto order = f.order(made.url);
    QVERIFY2(order, order ? "" : qPrintable(order.error().message()));
    QCOMPARE(order->finalize, made.finalize);
    f.server.failNext(Step::Authorization, fault, 2);
    const auto authorization = f.authorization(made.authorizations.first());
    QVERIFY2(authorization, authorization ? "" : qPrintable(authorization.error().message()));
    QCOMPARE(authorization->challenges.size(), 3);
    QCOMPARE(authorization->challenges.first().url.host(), u"127.0.0.1"_s);
}

void TestAcmeFaults::recoversTheDirectory_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<Fault>("fault");
    QTest::newRow("directory, reset") << Step::Directory << Fault::ResetBeforeProcessing;
    QTest::newRow("directory, 500") << Step::Directory << Fault::InternalErrorHtml;
    QTest::newRow("directory, relative URLs") << Step::Directory << Fault::RelativeUrls;
    QTest::newRow("nonce, reset") << Step::NewNonce << Fault::ResetAfterProcessing;
    QTest::newRow("nonce, 500") << Step::NewNonce << Fault::InternalErrorHtml;
}

void TestAcmeFaults::recoversTheDirectory()
{
    QFETCH(Step, step);
    QFETCH(Fault, fault);
    Fixture f;
    f.server.failNext(step, fault, 2);
    const auto account = f.makeAccount();
    QVERIFY2(account, account ? "" : qPrintable(account.error().message()));
    QCOMPARE(f.server.accountsCreated(), 1);
}

void TestAcmeFaults::saysWhatIsWrongWithReads_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("words");
    QTest::newRow("truncated JSON") << Fault::TruncatedJson << u"reading order: HTTP 200 with broken JSON"_s;
    QTest::newRow("100 MB") << Fault::HugeBody << u"sends more than 1048576 bytes"_s;
    QTest::newRow("redirect to http") << Fault::RedirectToHttp << u"http://127.0.0.1/in-the-clear"_s;
}

void TestAcmeFaults::saysWhatIsWrongWithReads()
{
    QFETCH(Fault, fault);
    QFETCH(QString, words);
    Fixture f;
    QVERIFY(f.makeAccount());
    const acme::Order made = f.makeOrder().value();
    f.server.failNext(Step::Order, fault);
    const auto order = f.order(made.url);
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Protocol);
    QVERIFY2(order.error().message().contains(words), qPrintable(order.error().message()));
    QVERIFY(f.order(made.url));
}

void TestAcmeFaults::findsTheAccountOfALostReply()
{
    Fixture f;
    f.server.failNext(Step::NewAccount, Fault::ResetAfterProcessing);
    const auto lost = f.makeAccount();
    QVERIFY(!lost);
    QCOMPARE(lost.error().code(), ErrorCode::Network);
    const auto found = support::await(f.client.findAccount(f.context, f.stop()));
    QVERIFY(found);
    QCOMPARE(f.server.accountsCreated(), 1);
    QCOMPARE(f.server.requests(Step::NewAccount), 2);
}

void TestAcmeFaults::retriesNewAccountAfterBadNonce()
{
    Fixture f;
    f.server.failNext(Step::NewAccount, Fault::BadNonce, 3);
    f.server.failNext(Step::NewAccount, Fault::DeliveredTwice);
    const auto account = f.makeAccount();
    QVERIFY(account);
    QVERIFY(account->existed);
    QCOMPARE(f.server.accountsCreated(), 1);
    QCOMPARE(f.server.requests(Step::NewAccount), 5);
}

void TestAcmeFaults::neverMakesASecondOrderByItself_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("orders");
    QTest::newRow("reset before") << Fault::ResetBeforeProcessing << ErrorCode::Network << 0;
    QTest::newRow("reset after") << Fault::ResetAfterProcessing << ErrorCode::Network << 1;
    QTest::newRow("delivered twice") << Fault::DeliveredTwice << ErrorCode::Rejected << 1;
    QTest::newRow("bad nonce") << Fault::BadNonce << ErrorCode::Rejected << 0;
    QTest::newRow("mute bad nonce") << Fault::MuteBadNonce << ErrorCode::Rejected << 0;
    QTest::newRow("500 with a page") << Fault::InternalErrorHtml << ErrorCode::Protocol << 0;
    QTest::newRow("cut body") << Fault::CutBody << ErrorCode::Network << 1;
    QTest::newRow("no Location") << Fault::MissingLocation << ErrorCode::Protocol << 1;
    QTest::newRow("100 MB") << Fault::HugeBody << ErrorCode::Protocol << 1;
    QTest::newRow("redirect to http") << Fault::RedirectToHttp << ErrorCode::Protocol << 0;
}

void TestAcmeFaults::neverMakesASecondOrderByItself()
{
    QFETCH(Fault, fault);
    QFETCH(ErrorCode, code);
    QFETCH(int, orders);
    Fixture f;
    const auto account = f.makeAccount();
    QVERIFY(account);
    f.server.failNext(Step::NewOrder, fault);
    const auto order = f.makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), code);
    QCOMPARE(order.error().steps().value(0), u"creating order"_s);
    QCOMPARE(f.server.requests(Step::NewOrder), 1);
    QCOMPARE(f.server.ordersCreated(), orders);
    const auto list = support::await(f.client.orders(f.context, account->orders, f.stop()));
    QVERIFY(list);
    QCOMPARE(list->orders, f.server.orderUrls());
}

void TestAcmeFaults::keepsTheOrderUrlOfATruncatedReply()
{
    Fixture f;
    QVERIFY(f.makeAccount());
    f.server.failNext(Step::NewOrder, Fault::TruncatedJson);
    const auto order = f.makeOrder();
    QVERIFY(order);
    QCOMPARE(order->status, acme::OrderStatus::Unknown);
    QCOMPARE(f.order(order->url)->status, acme::OrderStatus::Pending);
}

void TestAcmeFaults::readsTheOrderThatABadNonceHid()
{
    Fixture f;
    QVERIFY(f.makeAccount());
    const acme::Order ready = f.readyOrder({u"a.test"_s});
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
    const auto csr = crypto::certificateRequestDer(key, base::parseIdentifiers({u"a.test"_s}).value()).value();
    f.server.failNext(Step::Finalize, Fault::DeliveredTwice);
    const auto hidden = f.finalize(ready, csr);
    QVERIFY(!hidden);
    QVERIFY(acme::isBadNonce(hidden.error()));
    QCOMPARE(f.order(ready.url)->status, acme::OrderStatus::Processing);
    const auto again = f.finalize(ready, csr);
    QVERIFY(!again);
    QVERIFY(again.error().problem()->is(u"orderNotReady"));
    QCOMPARE(f.server.certificatesIssued(), 1);
}

void TestAcmeFaults::readsTheChallengeThatABadNonceHid()
{
    Fixture f;
    QVERIFY(f.makeAccount());
    const acme::Order order = f.makeOrder().value();
    const QUrl url = order.authorizations.first();
    f.server.failNext(Step::Challenge, Fault::DeliveredTwice);
    const auto hidden = f.respond(f.authorization(url)->challenge(u"http-01")->url);
    QVERIFY(!hidden);
    QVERIFY(acme::isBadNonce(hidden.error()));
    QCOMPARE(f.authorization(url)->status, acme::AuthorizationStatus::Valid);
    QCOMPARE(f.server.challengesAnswered(), 1);
    QCOMPARE(f.server.requests(Step::Challenge), 1);
}

void TestAcmeFaults::tellsWhenToComeBack_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::newRow("seconds") << Fault::RateLimitedSeconds;
    QTest::newRow("date") << Fault::RateLimitedDate;
}

void TestAcmeFaults::tellsWhenToComeBack()
{
    QFETCH(Fault, fault);
    Fixture f;
    QVERIFY(f.makeAccount());
    f.server.failNext(Step::NewOrder, fault);
    const auto order = f.makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::RateLimited);
    QVERIFY(order.error().retryAt());
    const qint64 wait = f.clock.now().msecsTo(*order.error().retryAt());
    QVERIFY(wait > 16'000 && wait <= 17'000);
}

void TestAcmeFaults::copesWithServersThatForgetTheNonce()
{
    Fixture f;
    for (const Step step : {Step::NewAccount, Step::NewOrder, Step::Authorization})
        f.server.failNext(step, Fault::MissingNonce);
    QVERIFY(f.makeAccount());
    const acme::Order order = f.makeOrder().value();
    QVERIFY(f.authorization(order.authorizations.first()));
    QVERIFY(f.order(order.url));
    QCOMPARE(f.server.requests(Step::NewNonce), 3);
}

void TestAcmeFaults::endsWhenStopped()
{
    Fixture f;
    QVERIFY(f.makeAccount());
    f.server.failNext(Step::NewOrder, Fault::Hang);
    QTimer::singleShot(100, qApp, [&f] { f.stopSource.request_stop(); });
    const auto order = f.makeOrder();
    QVERIFY(!order);
    QCOMPARE(order.error().code(), ErrorCode::Cancelled);
}

void TestAcmeFaults::reconnectsAfterIdling()
{
    Fixture f;
    QVERIFY(f.makeAccount());
    const acme::Order made = f.makeOrder().value();
    f.server.dropConnections();
    QVERIFY(f.order(made.url));
    QVERIFY(f.order(made.url));
    QCOMPARE(f.server.connections(), 2);
}

SEALWRIGHT_TEST(TestAcmeFaults)

} // namespace tst_acme_faults

#include "tst_acme_faults.moc"
