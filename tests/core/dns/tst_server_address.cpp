// SPDX-License-Identifier: Apache-2.0
#include "dns/server_address.h"

#include "support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_server_address {

using dns::ServerAddress;
using namespace Qt::StringLiterals;

class TestServerAddress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsHostsWithAndWithoutPort_data();
    void readsHostsWithAndWithoutPort();
    void refusesWhatIsNoServer_data();
    void refusesWhatIsNoServer();
    void readsTheResolversOfThisMachine();
    void asksLoopbackWhereNoneIsConfigured();
};

void TestServerAddress::readsHostsWithAndWithoutPort_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("IPv4") << u"192.0.2.53"_s << u"192.0.2.53:53"_s;
    QTest::newRow("IPv4 and port") << u" 192.0.2.53:5353 "_s << u"192.0.2.53:5353"_s;
    QTest::newRow("IPv6") << u"2001:db8::53"_s << u"[2001:db8::53]:53"_s;
    QTest::newRow("IPv6 and port") << u"[2001:db8::53]:5353"_s << u"[2001:db8::53]:5353"_s;
    QTest::newRow("name") << u"ns1.corp.example"_s << u"ns1.corp.example:53"_s;
    QTest::newRow("name and port") << u"ns1.corp.example:5353"_s << u"ns1.corp.example:5353"_s;
}

void TestServerAddress::readsHostsWithAndWithoutPort()
{
    QFETCH(QString, text);
    const auto address = ServerAddress::parse(text);
    QVERIFY2(address, address ? "" : qPrintable(address.error().message()));
    QTEST(address->toString(), "shown");
}

void TestServerAddress::refusesWhatIsNoServer_data()
{
    QTest::addColumn<QString>("text");
    for (const auto* text : {"", ":53", "192.0.2.53:", "192.0.2.53:0", "192.0.2.53:65536", "ns1.corp.example:dns",
                             "a b", "https://ns1", "[2001:db8::53", "ns1..example", "-k"})
        QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text);
}

void TestServerAddress::refusesWhatIsNoServer()
{
    QFETCH(QString, text);
    const auto address = ServerAddress::parse(text);
    QVERIFY(!address);
    QCOMPARE(address.error().code(), base::ErrorCode::InvalidInput);
    QCOMPARE(address.error().field(), u"server"_s);
}

void TestServerAddress::readsTheResolversOfThisMachine()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"resolv.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# nameserver 192.0.2.1\nsearch corp.example\nnameserver 192.0.2.2\n nameserver\t2001:db8::3 # second\n"
               "nameserver nonsense\noptions edns0\n");
    file.close();
    const QList<ServerAddress> expected {{u"192.0.2.2"_s}, {u"2001:db8::3"_s}};
    QCOMPARE(dns::systemServers(file.fileName()), expected);
}

void TestServerAddress::asksLoopbackWhereNoneIsConfigured()
{
    const QList<ServerAddress> expected {{u"127.0.0.1"_s}};
    QCOMPARE(dns::systemServers(u"/nonexistent/resolv.conf"_s), expected);
}

SEALWRIGHT_TEST(TestServerAddress)

} // namespace tst_server_address

#include "tst_server_address.moc"
