// SPDX-License-Identifier: Apache-2.0
#include "http/network_http_client.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/tls_http_server.h"

#include <QFile>
#include <QTest>

#include <thread>

namespace tst_network_http_client {

namespace {

using namespace Qt::StringLiterals;
using support::ServedAnswer;
using support::ServedRequest;

QByteArray data(const char* name)
{
    QFile file(QStringLiteral(TEST_DATA "/http/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("missing test data");
    return file.readAll();
}

http::TrustSettings trusting(const char* root)
{
    return http::TrustSettings {data(root), http::Proxy::parse(u"none"_s).value()};
}

http::HttpRequest get(const QUrl& url)
{
    http::HttpRequest request;
    request.url = url;
    return request;
}

http::HttpRequest post(const QUrl& url, const QByteArray& body)
{
    http::HttpRequest request = get(url);
    request.method = "POST";
    request.headers = {{"Content-Type", "application/jose+json"}};
    request.body = body;
    return request;
}

base::Result<http::HttpResponse> send(http::HttpClient& client, const http::HttpRequest& request)
{
    return support::await(client.send(request, std::stop_token()));
}

ServedAnswer redirect(const QByteArray& target)
{
    return ServedAnswer {302, {{"Location", target}}};
}

} // namespace

class TestNetworkHttpClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void deliversStatusHeadersAndBody();
    void answersErrorStatusesAsReplies_data();
    void answersErrorStatusesAsReplies();
    void sendsBodyAndHeaders();
    void keepsOneConnection();
    void refusesAnotherRoot();
    void refusesAnotherRootAfterTheRightOneConnected();
    void refusesAServerThatChangedItsName();
    void refusesRootsWithoutCertificate();
    void refusesPlainHttp();
    void refusesBodiesOverTheBound();
    void refusesAnnouncedBodiesOverTheBound();
    void followsRedirectsOfReads();
    void refusesTheFourthRedirect();
    void refusesRedirectsToHttp();
    void neverFollowsRedirectsOfPosts();
    void endsAtTheDeadline();
    void endsWhenStoppedFromAnotherThread();
    void reportsLostConnections_data();
    void reportsLostConnections();
    void reportsRefusedConnections();
    void deliversOnePostOnceWhenTheConnectionCloses();
    void goesThroughAFixedProxy();
    void tellsWrongCredentialsOfAProxyFromOtherFailures_data();
    void tellsWrongCredentialsOfAProxyFromOtherFailures();
    void keepsNoCookies();

private:
    support::TlsHttpServer m_server {data("server.pem"), data("server.key")};
    QList<ServedRequest> m_seen;

    void answerWith(const ServedAnswer& answer)
    {
        m_server.setHandler([this, answer](const ServedRequest& request) {
            m_seen.append(request);
            return answer;
        });
    }
};

void TestNetworkHttpClient::init()
{
    m_seen.clear();
    m_server.setIdentity(data("server.pem"), data("server.key"));
    answerWith(ServedAnswer {200, {}, "fine"});
}

void TestNetworkHttpClient::deliversStatusHeadersAndBody()
{
    answerWith(ServedAnswer {201, {{"Replay-Nonce", "abc"}}, "made"});
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, get(m_server.url(u"/made?by=test"_s)));
    QVERIFY(response);
    QCOMPARE(response->status, 201);
    QCOMPARE(response->body, "made"_ba);
    QCOMPARE(response->header("replay-nonce"), "abc"_ba);
    QCOMPARE(m_seen.first().path, "/made?by=test"_ba);
    QCOMPARE(m_seen.first().header("User-Agent"), "Sealwright/" SEALWRIGHT_VERSION ""_ba);
}

void TestNetworkHttpClient::answersErrorStatusesAsReplies_data()
{
    QTest::addColumn<int>("status");
    for (int status : {400, 401, 403, 404, 405, 409, 410, 418, 429, 500, 501, 502, 503, 504, 511})
        QTest::addRow("%d", status) << status;
}

void TestNetworkHttpClient::answersErrorStatusesAsReplies()
{
    QFETCH(int, status);
    answerWith(ServedAnswer {status, {}, "reason"});
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, post(m_server.url(u"/"_s), "x"));
    QVERIFY2(response, response ? "" : qPrintable(response.error().message()));
    QCOMPARE(response->status, status);
    QCOMPARE(response->body, "reason"_ba);
}

void TestNetworkHttpClient::sendsBodyAndHeaders()
{
    http::NetworkHttpClient client(trusting("root-a.pem"));
    QVERIFY(send(client, post(m_server.url(u"/"_s), "{\"payload\":\"\"}")));
    QCOMPARE(m_seen.first().method, "POST"_ba);
    QCOMPARE(m_seen.first().body, "{\"payload\":\"\"}"_ba);
    QCOMPARE(m_seen.first().header("content-type"), "application/jose+json"_ba);
}

void TestNetworkHttpClient::keepsOneConnection()
{
    const int before = m_server.connections();
    http::NetworkHttpClient client(trusting("root-a.pem"));
    for (int i = 0; i < 5; ++i)
        QVERIFY(send(client, post(m_server.url(u"/"_s), "x")));
    QCOMPARE(m_server.connections() - before, 1);
    QCOMPARE(client.statistics().requests, 5);
    QCOMPARE(client.statistics().tlsConnections, 1);
}

void TestNetworkHttpClient::refusesAnotherRoot()
{
    http::NetworkHttpClient client(trusting("root-b.pem"));
    const auto response = send(client, get(m_server.url(u"/"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::UntrustedServer);
    QVERIFY(response.error().message().contains(u"127.0.0.1"_s));
    QVERIFY(m_seen.isEmpty());
    QCOMPARE(client.statistics().tlsConnections, 0);
}

void TestNetworkHttpClient::refusesAnotherRootAfterTheRightOneConnected()
{
    const QUrl url = m_server.url(u"/"_s);
    http::NetworkHttpClient right(trusting("root-a.pem"));
    QVERIFY(send(right, get(url)));
    http::NetworkHttpClient wrong(trusting("root-b.pem"));
    const auto refused = send(wrong, get(url));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), base::ErrorCode::UntrustedServer);
    QVERIFY(send(right, get(url)));
    QCOMPARE(m_seen.size(), 2);
}

void TestNetworkHttpClient::refusesAServerThatChangedItsName()
{
    http::NetworkHttpClient client(trusting("root-a.pem"));
    QVERIFY(send(client, get(m_server.url(u"/"_s))));
    m_server.setIdentity(data("other-name.pem"), data("server.key"));
    m_server.dropConnections();
    http::NetworkHttpClient fresh(trusting("root-a.pem"));
    const auto response = send(fresh, get(m_server.url(u"/"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::UntrustedServer);
}

void TestNetworkHttpClient::refusesRootsWithoutCertificate()
{
    http::NetworkHttpClient client(http::TrustSettings {"no certificate", http::Proxy()});
    const auto response = send(client, get(m_server.url(u"/"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::UntrustedServer);
    QVERIFY(m_seen.isEmpty());
}

void TestNetworkHttpClient::refusesPlainHttp()
{
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, get(QUrl(u"http://127.0.0.1/directory"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::InvalidInput);
    QCOMPARE(client.statistics().requests, 0);
}

void TestNetworkHttpClient::refusesBodiesOverTheBound()
{
    // Chunked, so that no length is announced.
    const QByteArray chunk = "8000\r\n" + QByteArray(0x8000, 'x') + "\r\n";
    ServedAnswer answer {200, {{"Transfer-Encoding", "chunked"}}, chunk + chunk + "0\r\n\r\n"};
    answerWith(answer);
    http::NetworkHttpClient client(trusting("root-a.pem"));
    http::HttpRequest request = get(m_server.url(u"/"_s));
    request.bodyLimit = 0x8000;
    const auto response = send(client, request);
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Protocol);
    request.bodyLimit = 0x10000;
    QVERIFY(send(client, request));
}

void TestNetworkHttpClient::refusesAnnouncedBodiesOverTheBound()
{
    ServedAnswer answer;
    answer.filler = 100'000'000;
    answerWith(answer);
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, get(m_server.url(u"/"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Protocol);
    QVERIFY(response.error().message().contains(u"1048576 bytes"_s));
}

void TestNetworkHttpClient::followsRedirectsOfReads()
{
    m_server.setHandler([](const ServedRequest& request) {
        const int step = request.path.mid(1).toInt();
        return step < 3 ? redirect("/" + QByteArray::number(step + 1)) : ServedAnswer {200, {}, "there"};
    });
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, get(m_server.url(u"/0"_s)));
    QVERIFY(response);
    QCOMPARE(response->body, "there"_ba);
    QCOMPARE(response->url, m_server.url(u"/3"_s));
}

void TestNetworkHttpClient::refusesTheFourthRedirect()
{
    answerWith(redirect("/again"));
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, get(m_server.url(u"/"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Protocol);
    QCOMPARE(m_seen.size(), 4);
}

void TestNetworkHttpClient::refusesRedirectsToHttp()
{
    answerWith(redirect("http://127.0.0.1:1/directory"));
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, get(m_server.url(u"/"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Protocol);
    QVERIFY(response.error().message().contains(u"http://127.0.0.1:1/directory"_s));
}

void TestNetworkHttpClient::neverFollowsRedirectsOfPosts()
{
    answerWith(redirect("/elsewhere"));
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, post(m_server.url(u"/"_s), "x"));
    QVERIFY(response);
    QCOMPARE(response->status, 302);
    QCOMPARE(m_seen.size(), 1);
}

void TestNetworkHttpClient::endsAtTheDeadline()
{
    ServedAnswer silence;
    silence.ending = ServedAnswer::Ending::Hang;
    answerWith(silence);
    http::NetworkHttpClient client(trusting("root-a.pem"));
    http::HttpRequest request = get(m_server.url(u"/"_s));
    request.timeout = std::chrono::milliseconds(200);
    const auto response = send(client, request);
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Timeout);
}

void TestNetworkHttpClient::endsWhenStoppedFromAnotherThread()
{
    std::stop_source stop;
    std::thread stopper;
    m_server.setHandler([&](const ServedRequest&) {
        stopper = std::thread([&stop] { stop.request_stop(); });
        ServedAnswer silence;
        silence.ending = ServedAnswer::Ending::Hang;
        return silence;
    });
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = support::await(client.send(get(m_server.url(u"/"_s)), stop.get_token()));
    stopper.join();
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Cancelled);
}

void TestNetworkHttpClient::reportsLostConnections_data()
{
    QTest::addColumn<int>("ending");
    QTest::newRow("before the answer") << static_cast<int>(ServedAnswer::Ending::Reset);
    QTest::newRow("in the middle of the body") << static_cast<int>(ServedAnswer::Ending::Cut);
}

void TestNetworkHttpClient::reportsLostConnections()
{
    QFETCH(int, ending);
    ServedAnswer lost {200, {}, "a body that is cut"};
    lost.ending = static_cast<ServedAnswer::Ending>(ending);
    answerWith(lost);
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, post(m_server.url(u"/"_s), "x"));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Network);
}

void TestNetworkHttpClient::reportsRefusedConnections()
{
    http::NetworkHttpClient client(trusting("root-a.pem"));
    const auto response = send(client, get(QUrl(u"https://127.0.0.1:1/"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Network);
    QVERIFY(response.error().message().contains(u"127.0.0.1:1"_s));
}

void TestNetworkHttpClient::deliversOnePostOnceWhenTheConnectionCloses()
{
    http::NetworkHttpClient client(trusting("root-a.pem"));
    QVERIFY(send(client, get(m_server.url(u"/warm"_s))));
    m_server.setHandler([this](const ServedRequest& request) {
        m_seen.append(request);
        ServedAnswer lost;
        lost.ending = ServedAnswer::Ending::Reset;
        return lost;
    });
    const auto response = send(client, post(m_server.url(u"/once"_s), "x"));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Network);
    QCOMPARE(m_seen.size(), 2);
}

void TestNetworkHttpClient::goesThroughAFixedProxy()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    QByteArray asked;
    connect(&proxy, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&asked, socket] {
            asked += socket->readAll();
            socket->write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    const auto through = http::Proxy::parse(u"http://127.0.0.1:%1"_s.arg(proxy.serverPort()));
    QVERIFY(through);
    http::NetworkHttpClient client(http::TrustSettings {data("root-a.pem"), *through});
    const auto response = send(client, get(QUrl(u"https://ca.test/directory"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Network);
    QVERIFY(asked.startsWith("CONNECT ca.test:443 HTTP/1.1\r\n"));
}

void TestNetworkHttpClient::tellsWrongCredentialsOfAProxyFromOtherFailures_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("credentials");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("words");
    const QByteArray wanted = "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"";
    QTest::newRow("none are stored") << wanted << false << u"proxyCredentials"_s << u"none are stored for it"_s;
    QTest::newRow("wrong ones") << wanted << true << u"proxyCredentials"_s
                                << u"refused the user name and password that are stored for it"_s;
    // as tinyproxy answers a wrong password; the same from Qt as any other failure of a proxy
    QTest::newRow("wrong ones, by 401")
        << "401 Unauthorized"_ba << true << u"proxy"_s
        << u"refused the user name and password that are stored for it, or to connect"_s;
    QTest::newRow("it may not go there") << "403 Forbidden"_ba << true << u"proxy"_s
                                         << u"allows no connection to ca.test"_s;
    QTest::newRow("it cannot go there") << "502 Bad Gateway"_ba << false << u"proxy"_s
                                        << u"Error communicating with HTTP proxy"_s;
}

void TestNetworkHttpClient::tellsWrongCredentialsOfAProxyFromOtherFailures()
{
    QFETCH(QByteArray, status);
    QFETCH(bool, credentials);
    QFETCH(QString, field);
    QFETCH(QString, words);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&status, socket] {
            socket->readAll();
            socket->write("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
        });
    });
    auto proxy = http::Proxy::parse(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    if (credentials)
        proxy = proxy->withCredentials(std::make_shared<const base::Secret>("renewals:wrong-one"));
    QVERIFY(proxy);
    http::NetworkHttpClient client(http::TrustSettings {data("root-a.pem"), *proxy});
    const auto response = send(client, get(QUrl(u"https://ca.test/directory"_s)));
    QVERIFY(!response);
    QCOMPARE(response.error().code(), base::ErrorCode::Network);
    QCOMPARE(response.error().field(), field);
    const QString detail = response.error().detail();
    QVERIFY2(detail.contains(words), qPrintable(detail));
    QCOMPARE(detail.contains(u"or to connect"_s), words.contains(u"or to connect"_s));
    QVERIFY(!detail.contains(u"wrong-one"_s));
}

void TestNetworkHttpClient::keepsNoCookies()
{
    answerWith(ServedAnswer {200, {{"Set-Cookie", "track=1; Path=/"}}, "fine"});
    http::NetworkHttpClient client(trusting("root-a.pem"));
    QVERIFY(send(client, get(m_server.url(u"/"_s))));
    QVERIFY(send(client, get(m_server.url(u"/"_s))));
    QVERIFY(m_seen.last().header("Cookie").isNull());
}

SEALWRIGHT_TEST(TestNetworkHttpClient)

} // namespace tst_network_http_client

#include "tst_network_http_client.moc"
