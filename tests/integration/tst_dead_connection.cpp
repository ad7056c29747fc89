// SPDX-License-Identifier: Apache-2.0
#include "http/network_http_client.h"
#include "support/await.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace tst_dead_connection {

using namespace Qt::StringLiterals;

namespace {

/// Passes bytes on to a port of this machine, until told to forget its connections without closing them, as a firewall
/// does that was restarted.
class ForgetfulGateway : public QObject {
public:
    explicit ForgetfulGateway(quint16 target)
        : m_target(target)
    {
        connect(&m_server, &QTcpServer::newConnection, this, &ForgetfulGateway::accept);
        m_server.listen(QHostAddress::LocalHost);
    }

    quint16 port() const { return m_server.serverPort(); }
    int accepted() const { return m_accepted; }
    void forget() { ++m_era; }

private:
    void accept()
    {
        QTcpSocket* client = m_server.nextPendingConnection();
        auto* server = new QTcpSocket(client);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        pass(client, server);
        pass(server, client);
        ++m_accepted;
    }

    void pass(QTcpSocket* from, QTcpSocket* to)
    {
        connect(from, &QTcpSocket::readyRead, this, [this, from, to, era = m_era] {
            const QByteArray bytes = from->readAll();
            if (era == m_era)
                to->write(bytes);
        });
    }

    QTcpServer m_server;
    quint16 m_target;
    int m_era = 0;
    int m_accepted = 0;
};

} // namespace

/// HTTP/2 puts every request on one connection, which must not take them all with it.
class TestDeadConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAnotherConnectionWhereTheFirstOneFellSilent();
};

void TestDeadConnection::opensAnotherConnectionWhereTheFirstOneFellSilent()
{
    const auto pebble = support::startPebble();
    QUrl url(pebble->directoryUrl());
    ForgetfulGateway gateway(static_cast<quint16>(url.port()));
    url.setPort(gateway.port());
    http::NetworkHttpClient client({.rootsPem = pebble->rootPem(), .proxy = *http::Proxy::parse(u"none"_s)});
    http::HttpRequest request;
    request.url = url;
    request.timeout = std::chrono::seconds(2);
    const auto first = support::await(client.send(request, {}));
    QVERIFY2(first, first ? "" : qPrintable(first.error().message()));
    QCOMPARE(first->status, 200);
    gateway.forget();
    const auto lost = support::await(client.send(request, {}));
    QVERIFY(!lost);
    QCOMPARE(lost.error().code(), base::ErrorCode::Timeout);
    const auto third = support::await(client.send(request, {}));
    QVERIFY2(third, third ? "" : qPrintable(third.error().message()));
    QCOMPARE(third->status, 200);
    QCOMPARE(client.statistics().tlsConnections, 2);
    QCOMPARE(gateway.accepted(), 2);
}

SEALWRIGHT_TEST(TestDeadConnection)

} // namespace tst_dead_connection

#include "tst_dead_connection.moc"
