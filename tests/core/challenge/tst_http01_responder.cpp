// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_responder.h"

#include "support/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <vector>

namespace tst_http01_responder {

using challenge::Http01Responder;
using challenge::ListenAddress;
using challenge::ResponderLimits;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray request = "GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: example.org\r\n\r\n";
const QByteArray found = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 16\r\n"
                         "Connection: close\r\n\r\n";
const QByteArray notFound = "HTTP/1.1 404 Not Found\r\nContent-Type: application/octet-stream\r\nContent-Length: 0\r\n"
                            "Connection: close\r\n\r\n";

/// A responder on a free port that answers "token".
struct Fixture {
    explicit Fixture(ResponderLimits limits = {})
        : responder(limits)
    {
        listening = responder.listen({QHostAddress(QHostAddress::LocalHost), 0}).has_value();
        responder.present(u"token"_s, u"token.thumbprint"_s);
    }

    std::unique_ptr<QTcpSocket> connected() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), responder.port());
        const bool ready = QTest::qWaitFor([&] { return socket->state() == QAbstractSocket::ConnectedState; });
        return ready ? std::move(socket) : nullptr;
    }

    /// What the responder answers to `bytes` until it closes the connection.
    QByteArray answerTo(const QByteArray& bytes) const
    {
        const auto socket = connected();
        socket->write(bytes);
        return untilClosed(*socket);
    }

    static QByteArray untilClosed(QTcpSocket& socket)
    {
        if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }))
            return "still open";
        return socket.isOpen() ? socket.readAll() : QByteArray();
    }

    Http01Responder responder;
    bool listening = false;
};

} // namespace

class TestHttp01Responder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersATokenAndCloses();
    void answersHeadWithoutBody();
    void answersARequestThatArrivesInPieces();
    void answersOnlyTheFirstOfPipelinedRequests();
    void knowsNothingElse_data();
    void knowsNothingElse();
    void forgetsARemovedToken();
    void servesManyOrdersAtOnce();
    void closesOnAHugeRequest();
    void closesASlowConnection();
    void dropsTheOldestConnectionAboveTheLimit();
    void answersARushAboveTheLimit();
    void survivesItsEndWithOpenConnections();
    void saysWhoIsToBlameForAnOccupiedPort();
    void saysThatAnAddressIsNotOurs();
    void freesItsPort();
};

void TestHttp01Responder::answersATokenAndCloses()
{
    const Fixture fixture;
    QVERIFY(fixture.listening);
    QCOMPARE(fixture.answerTo(request), found + "token.thumbprint");
}

void TestHttp01Responder::answersHeadWithoutBody()
{
    const Fixture fixture;
    QCOMPARE(fixture.answerTo("HEAD /.well-known/acme-challenge/token HTTP/1.1\r\n\r\n"), found);
}

void TestHttp01Responder::answersARequestThatArrivesInPieces()
{
    const Fixture fixture;
    const auto socket = fixture.connected();
    for (const char byte : request) {
        socket->write(&byte, 1);
        QVERIFY(QTest::qWaitFor([&] { return socket->bytesToWrite() == 0; }));
    }
    QCOMPARE(Fixture::untilClosed(*socket), found + "token.thumbprint");
}

void TestHttp01Responder::answersOnlyTheFirstOfPipelinedRequests()
{
    const Fixture fixture;
    QCOMPARE(fixture.answerTo(request + request + request), found + "token.thumbprint");
}

void TestHttp01Responder::knowsNothingElse_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("unknown token") << QByteArray("GET /.well-known/acme-challenge/other HTTP/1.1\r\n\r\n");
    QTest::newRow("start page") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("path with our words") << QByteArray("GET /<script>reflected</script> HTTP/1.1\r\n\r\n");
    QTest::newRow("post") << QByteArray(
        "POST /.well-known/acme-challenge/token HTTP/1.1\r\nContent-Length: 1\r\n\r\nx");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x00\xff\r\n", 7);
}

void TestHttp01Responder::knowsNothingElse()
{
    QFETCH(QByteArray, bytes);
    const Fixture fixture;
    QCOMPARE(fixture.answerTo(bytes), notFound); // byte for byte: nothing of the request comes back
}

void TestHttp01Responder::forgetsARemovedToken()
{
    Fixture fixture;
    fixture.responder.remove(u"token"_s);
    fixture.responder.remove(u"token"_s);
    QCOMPARE(fixture.answerTo(request), notFound);
}

void TestHttp01Responder::servesManyOrdersAtOnce()
{
    Fixture fixture;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int order = 0; order < 200; ++order) {
        const QString token = u"order-%1"_s.arg(order);
        fixture.responder.present(token, token + u".thumbprint"_s);
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), fixture.responder.port());
        sockets.back()->write("GET /.well-known/acme-challenge/" + token.toLatin1() + " HTTP/1.1\r\n\r\n");
    }
    for (int order = 0; order < 200; ++order) {
        const QByteArray answer = Fixture::untilClosed(*sockets.at(order));
        QVERIFY2(answer.endsWith("\r\n\r\norder-" + QByteArray::number(order) + ".thumbprint"), answer.constData());
    }
    QTRY_COMPARE(fixture.responder.connections(), 0);
}

void TestHttp01Responder::closesOnAHugeRequest()
{
    const Fixture fixture;
    const auto socket = fixture.connected();
    socket->write(request.chopped(2) + "X: " + QByteArray(10'000'000, 'x'));
    const QByteArray answer = Fixture::untilClosed(*socket);
    // what is still in flight can turn the answer into a reset; an answer other than 404 it never is
    QVERIFY(answer.isEmpty() || answer == notFound);
    QTRY_COMPARE(fixture.responder.connections(), 0);
}

void TestHttp01Responder::closesASlowConnection()
{
    const Fixture fixture({.perConnection = 50ms});
    const auto socket = fixture.connected();
    socket->write("GET /.well-known/acme-challenge/token HTTP/1.1\r\nX: ");
    QTimer trickle;
    connect(&trickle, &QTimer::timeout, socket.get(), [&] { socket->write("x"); });
    trickle.start(5);
    QCOMPARE(Fixture::untilClosed(*socket), QByteArray());
    QTRY_COMPARE(fixture.responder.connections(), 0);
}

void TestHttp01Responder::dropsTheOldestConnectionAboveTheLimit()
{
    const Fixture fixture({.perConnection = 60s, .connections = 2});
    const auto first = fixture.connected();
    const auto second = fixture.connected();
    QTRY_COMPARE(fixture.responder.connections(), 2);
    const auto third = fixture.connected();
    QCOMPARE(Fixture::untilClosed(*first), QByteArray());
    QCOMPARE(fixture.responder.connections(), 2);
    second->write(request);
    third->write(request);
    QCOMPARE(Fixture::untilClosed(*second), found + "token.thumbprint");
    QCOMPARE(Fixture::untilClosed(*third), found + "token.thumbprint");
}

void TestHttp01Responder::answersARushAboveTheLimit()
{
    const Fixture fixture({.perConnection = 60s, .connections = 2});
    std::vector<std::unique_ptr<QTcpSocket>> clients(20);
    for (auto& client : clients) { // all have asked before the responder looks
        client = std::make_unique<QTcpSocket>();
        client->connectToHost(QHostAddress(QHostAddress::LocalHost), fixture.responder.port());
        QVERIFY(client->waitForConnected());
        client->write(request);
        QVERIFY(client->waitForBytesWritten());
    }
    for (const auto& client : clients)
        QCOMPARE(Fixture::untilClosed(*client), found + "token.thumbprint");
}

void TestHttp01Responder::survivesItsEndWithOpenConnections()
{
    auto fixture = std::make_unique<Fixture>();
    const auto socket = fixture->connected();
    QTRY_COMPARE(fixture->responder.connections(), 1);
    fixture.reset();
    QCOMPARE(Fixture::untilClosed(*socket), QByteArray());
}

void TestHttp01Responder::saysWhoIsToBlameForAnOccupiedPort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Http01Responder responder;
    const auto listening = responder.listen({QHostAddress(QHostAddress::LocalHost), other.serverPort()});
    QVERIFY(!listening);
    QCOMPARE(listening.error().code(), base::ErrorCode::AddressInUse);
    QVERIFY(listening.error().detail().contains(u"127.0.0.1:%1 is in use"_s.arg(other.serverPort())));
    QVERIFY(listening.error().detail().contains(u"webroot"_s));
    QVERIFY(!responder.isListening());
}

void TestHttp01Responder::saysThatAnAddressIsNotOurs()
{
    Http01Responder responder;
    const auto listening = responder.listen({QHostAddress(u"192.0.2.1"_s), 8080}); // RFC 5737: nobody's address
    QVERIFY(!listening);
    QCOMPARE(listening.error().code(), base::ErrorCode::AddressInUse);
    QVERIFY(listening.error().detail().contains(u"no such address"_s));
}

void TestHttp01Responder::freesItsPort()
{
    auto fixture = std::make_unique<Fixture>();
    const quint16 port = fixture->responder.port();
    QCOMPARE(fixture->answerTo(request), found + "token.thumbprint");
    fixture.reset();
    Http01Responder next;
    QVERIFY(next.listen({QHostAddress(QHostAddress::LocalHost), port}));
}

SEALWRIGHT_TEST(TestHttp01Responder)

} // namespace tst_http01_responder

#include "tst_http01_responder.moc"
