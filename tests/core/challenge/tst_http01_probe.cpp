// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_probe.h"
#include "challenge/http01_responder.h"
#include "dns/network_resolver.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/free_port.h"
#include "support/test_program.h"
#include "support/tls_http_server.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace tst_http01_probe {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;
using challenge::Finding;
using challenge::Http01Probe;
using challenge::Statement;
using support::await;
using Verdict = Finding::Verdict;

namespace {

/// Answers every connection with the same bytes, and leaves it open where told.
struct Answering {
    explicit Answering(const QByteArray& bytes, bool stayingOpen = false)
    {
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        QObject::connect(&server, &QTcpServer::newConnection, [this, bytes, stayingOpen] {
            QTcpSocket* socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, bytes, stayingOpen] {
                request(socket) += socket->readAll();
                socket->write(bytes);
                if (!stayingOpen)
                    socket->disconnectFromHost();
            });
        });
    }

    static QByteArray& request(QObject*)
    {
        static QByteArray last;
        return last;
    }

    QTcpServer server;
};

QByteArray data(const QString& name)
{
    QFile file(QStringLiteral(TEST_DATA "/http/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

} // namespace

/// Looking for an answer as the authority does: at our own responder, and at what hostile or careless servers say.
class TestHttp01Probe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsOurAnswer();
    void asksDnsForTheEncodedName();
    void followsARedirectByItsName();
    void followsARedirectToHttpsWhateverTheCertificate();
    void tellsAnotherAnswer();
    void tellsThatNobodyListens();
    void tellsThatThereIsNoAddress();
    void warnsOfOneOfSeveralAddresses();
    void doesNotFollowInCircles();
    void survivesHostileServers_data();
    void survivesHostileServers();
    void asksASilentServerThreeTimes();
    void canBeStopped();

private:
    std::shared_ptr<challenge::AddressView> view()
    {
        const QList<dns::ServerAddress> servers {{u"127.0.0.1"_s, m_bind.port()}};
        return std::make_shared<challenge::ResolverView>(std::make_shared<dns::NetworkResolver>(servers));
    }
    Finding look(const QString& host, quint16 port, std::chrono::milliseconds limit = 10s)
    {
        Http01Probe probe(view(), limit);
        return await(probe.look(QUrl(u"http://%1:%2/.well-known/acme-challenge/token"_s.arg(host).arg(port)),
                                "token.thumbprint", {}));
    }

    support::BindServer m_bind {
        {{u"corp.example"_s, "web IN A 127.0.0.1\nnoaddress IN TXT x\ntwo IN A 127.0.0.1\ntwo IN A 127.0.0.2\n"},
         {u"xn--mnchen-3ya.de"_s, "@ IN A 127.0.0.1\n"}}};
};

void TestHttp01Probe::findsOurAnswer()
{
    challenge::Http01Responder responder;
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    responder.present(u"token"_s, u"token.thumbprint"_s);
    const Finding byName = look(u"web.corp.example"_s, responder.port());
    QVERIFY2(byName.verdict == Verdict::Good, qPrintable(byName.sentence()));
    const Finding byAddress = look(u"127.0.0.1"_s, responder.port());
    QVERIFY2(byAddress.verdict == Verdict::Good, qPrintable(byAddress.sentence()));
    const Answering chunked("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "10\r\ntoken.thumbprint\r\n0\r\n\r\n");
    const Finding inChunks = look(u"web.corp.example"_s, chunked.server.serverPort());
    QVERIFY2(inChunks.verdict == Verdict::Good, qPrintable(inChunks.sentence()));
}

/// QUrl shows the letters of names below top-level domains that allow them.
void TestHttp01Probe::asksDnsForTheEncodedName()
{
    challenge::Http01Responder responder;
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    responder.present(u"token"_s, u"token.thumbprint"_s);
    const QString name = u"xn--mnchen-3ya.de"_s;
    const Finding direct = look(name, responder.port());
    QVERIFY2(direct.verdict == Verdict::Good, qPrintable(direct.sentence()));
    const QString location = u"http://%1:%2/.well-known/acme-challenge/token"_s.arg(name).arg(responder.port());
    const Answering redirecting(
        u"HTTP/1.1 302 Found\r\nLocation: %1\r\nContent-Length: 0\r\n\r\n"_s.arg(location).toLatin1());
    const Finding redirected = look(u"web.corp.example"_s, redirecting.server.serverPort());
    QVERIFY2(redirected.verdict == Verdict::Good, qPrintable(redirected.sentence()));
}

void TestHttp01Probe::followsARedirectByItsName()
{
    challenge::Http01Responder responder;
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    responder.present(u"token"_s, u"token.thumbprint"_s);
    const Answering proxy(u"HTTP/1.1 302 Found\r\nLocation: http://web.corp.example:%1/.well-known/acme-challenge/token"
                          "\r\nContent-Length: 0\r\n\r\n"_s.arg(responder.port())
                              .toLatin1());
    const Finding finding = look(u"web.corp.example"_s, proxy.server.serverPort());
    QVERIFY2(finding.verdict == Verdict::Good, qPrintable(finding.sentence()));
    QVERIFY(finding.sentence().contains(u"redirects"_s));
    QVERIFY(Answering::request(nullptr).contains(
        "Host: web.corp.example:" + QByteArray::number(proxy.server.serverPort()) + "\r\n"));
}

/// As Boulder, Pebble and step-ca do: the certificate that is not to be trusted may be the one to be replaced.
void TestHttp01Probe::followsARedirectToHttpsWhateverTheCertificate()
{
    support::TlsHttpServer website(data(u"server.pem"_s), data(u"server.key"_s)); // nobody here trusts it
    QByteArray asked;
    website.setHandler([&asked](const support::ServedRequest& request) {
        asked = request.path + ' ' + request.header("host");
        return support::ServedAnswer {200, {}, "token.thumbprint\n"};
    });
    const QString place = u"web.corp.example:%1"_s.arg(website.port());
    const QString location = u"https://%1/.well-known/acme-challenge/token"_s.arg(place);
    const Answering redirecting(
        u"HTTP/1.1 301 Moved\r\nLocation: %1\r\nContent-Length: 0\r\n\r\n"_s.arg(location).toLatin1());
    const Finding finding = look(u"web.corp.example"_s, redirecting.server.serverPort());
    QVERIFY2(finding.verdict == Verdict::Good, qPrintable(finding.sentence()));
    QCOMPARE(finding.statements.size(), 2);
    QCOMPARE(finding.statements[0].code, Statement::Code::Redirects);
    QCOMPARE(finding.statements[1].code, Statement::Code::GivesAnswer);
    QCOMPARE(QString::fromLatin1(asked), u"/.well-known/acme-challenge/token "_s + place);
}

void TestHttp01Probe::tellsAnotherAnswer()
{
    challenge::Http01Responder responder;
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    const Finding missing = look(u"web.corp.example"_s, responder.port());
    QCOMPARE(missing.verdict, Verdict::Bad);
    QVERIFY2(missing.sentence().contains(u"404"_s), qPrintable(missing.sentence()));
    responder.present(u"token"_s, u"token.other"_s);
    const Finding other = look(u"web.corp.example"_s, responder.port());
    QCOMPARE(other.verdict, Verdict::Bad);
    QVERIFY2(other.sentence().contains(u"token.other"_s), qPrintable(other.sentence()));
}

void TestHttp01Probe::tellsThatNobodyListens()
{
    const Finding finding = look(u"web.corp.example"_s, support::freePort());
    QCOMPARE(finding.verdict, Verdict::Bad);
    QVERIFY2(finding.sentence().contains(u"web.corp.example (127.0.0.1:"_s), qPrintable(finding.sentence()));
}

void TestHttp01Probe::tellsThatThereIsNoAddress()
{
    const Finding finding = look(u"noaddress.corp.example"_s, 80);
    QCOMPARE(finding.verdict, Verdict::Bad);
    QVERIFY2(finding.sentence().contains(u"no address"_s), qPrintable(finding.sentence()));
}

void TestHttp01Probe::warnsOfOneOfSeveralAddresses()
{
    challenge::Http01Responder responder;
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), 0})); // 127.0.0.2 has nobody
    responder.present(u"token"_s, u"token.thumbprint"_s);
    const Finding finding = look(u"two.corp.example"_s, responder.port());
    QVERIFY2(finding.verdict == Verdict::Warning, qPrintable(finding.sentence()));
    QVERIFY2(finding.sentence().contains(u"127.0.0.2"_s), qPrintable(finding.sentence()));
}

void TestHttp01Probe::doesNotFollowInCircles()
{
    const Answering circle("HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
    const Finding finding = look(u"web.corp.example"_s, circle.server.serverPort());
    QCOMPARE(finding.verdict, Verdict::Bad);
    QVERIFY2(finding.sentence().contains(u"too often"_s), qPrintable(finding.sentence().right(200)));
}

void TestHttp01Probe::survivesHostileServers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("open");
    QTest::addColumn<QString>("word");
    QTest::newRow("nothing") << QByteArray() << false << QString();
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x00\xff\0\0\r\n\r\n", 11) << false << u"does not speak HTTP"_s;
    QTest::newRow("huge") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") + QByteArray(200'000, 'x') << false
                          << u"larger than 64 KiB"_s;
    QTest::newRow("silent") << QByteArray("HTTP/1.1 200") << true << u"in time"_s;
    QTest::newRow("negative chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nx\r\n")
                                    << false << u"something else"_s;
    QTest::newRow("empty chunk head") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") << false
                                      << u"something else"_s;
    QTest::newRow("unprintable") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\x1b[2J") << true
                                 << u"?[2J"_s;
    QTest::newRow("to nowhere") << QByteArray(
        "HTTP/1.1 302 Found\r\nLocation: javascript:1\r\nContent-Length: 0\r\n\r\n")
                                << false << u"no web server"_s;
    QTest::newRow("to a file") << QByteArray("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n") << false
                               << u"no web server"_s;
}

void TestHttp01Probe::survivesHostileServers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, open);
    QFETCH(QString, word);
    const Answering server(bytes, open);
    const Finding finding = look(u"web.corp.example"_s, server.server.serverPort(), word == u"in time"_s ? 300ms : 10s);
    QVERIFY2(finding.verdict != Verdict::Good, qPrintable(finding.sentence()));
    QVERIFY2(finding.sentence().contains(word), qPrintable(finding.sentence()));
}

void TestHttp01Probe::asksASilentServerThreeTimes()
{
    const Answering silent(QByteArray(), true);
    int asked = 0;
    connect(&silent.server, &QTcpServer::newConnection, this, [&asked] { ++asked; });
    Http01Probe probe(view(), 50ms);
    for (int i = 0; i < 5; ++i) {
        const QUrl url(
            u"http://web.corp.example:%1/.well-known/acme-challenge/%2"_s.arg(silent.server.serverPort()).arg(i));
        const Finding finding = await(probe.look(url, "token.thumbprint", {}));
        QVERIFY2(finding.verdict == Verdict::Warning, qPrintable(finding.sentence()));
    }
    QCOMPARE(asked, 3);
}

void TestHttp01Probe::canBeStopped()
{
    const Answering silent(QByteArray(), true);
    std::stop_source stop;
    auto fetching = challenge::fetchForProbe(QUrl(u"http://127.0.0.1:%1/"_s.arg(silent.server.serverPort())),
                                             QHostAddress(QHostAddress::LocalHost), 1h, stop.get_token());
    stop.request_stop();
    const auto reply = await(std::move(fetching));
    QVERIFY(!reply);
    QCOMPARE(reply.error().code(), ErrorCode::Cancelled);
}

SEALWRIGHT_TEST(TestHttp01Probe)

} // namespace tst_http01_probe

#include "tst_http01_probe.moc"
