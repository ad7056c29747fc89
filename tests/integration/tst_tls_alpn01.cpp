// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QTcpServer>
#include <QTest>

namespace tst_tls_alpn01 {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

constexpr int mostEvents = 60;

practice::PebbleOptions freshAuthorizations()
{
    practice::PebbleOptions options;
    options.authzReuse = 0; // so that every run takes every step
    return options;
}

QStringList proof(const practice::PebbleServer& pebble, const QString& host = u"127.0.0.1"_s)
{
    return {u"--authority"_s, u"pebble"_s,   u"--challenge"_s,
            u"tls-alpn-01"_s, u"--listen"_s, u"%1:%2"_s.arg(host).arg(pebble.tlsPort())};
}

QStringList issuing(const QStringList& names, const practice::PebbleServer& pebble,
                    const QString& host = u"127.0.0.1"_s)
{
    return QStringList {u"certificate"_s, u"issue"_s} + names + proof(pebble, host);
}

/// The stored orders, each of which has one name of its own.
QJsonObject ordersByName(const CommandLine& cli)
{
    QJsonObject orders;
    for (const QJsonValue& order : cli.run({u"order"_s, u"list"_s}).array())
        orders[order[u"names"_s].toArray().at(0).toString()] = order;
    return orders;
}

} // namespace

/// Whole orders over tls-alpn-01: the authority connects to the built-in responder.
class TestTlsAlpn01 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issuesForSeveralNamesAndRenews();
    void issuesForAddresses_data();
    void issuesForAddresses();
    void issuesTwiceForOneNameAtTheSameTime();
    void endsTheSameOrdersKilledAtAnyStep();
    void refusesAWildcard();
    void findsAnOccupiedPortBeforeTheOrder();
    void saysWhatTheAuthorityFoundWrong();
};

void TestTlsAlpn01::issuesForSeveralNamesAndRenews()
{
    const auto pebble = support::startPebble(freshAuthorizations());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QStringList names {u"a.alpn.test"_s, u"b.alpn.test"_s, u"c.alpn.test"_s, u"d.alpn.test"_s};
    const Run issued = cli.run(issuing(names, *pebble.server));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QCOMPARE(issued.object()[u"state"_s].toString(), u"valid"_s);
    QCOMPARE(issued.object()[u"names"_s].toArray().size(), names.size());
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, issued.object()[u"id"_s].toString()});
    QVERIFY2(renewed.exitCode == 0, renewed.errors.constData());
}

void TestTlsAlpn01::issuesForAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("host");
    QTest::newRow("IPv4") << u"127.0.0.1"_s << u"127.0.0.1"_s;
    QTest::newRow("IPv6") << u"::1"_s << u"[::1]"_s;
}

void TestTlsAlpn01::issuesForAddresses()
{
    QFETCH(QString, address);
    QFETCH(QString, host);
    const auto pebble = support::startPebble(freshAuthorizations());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run issued = cli.run(issuing({address}, *pebble.server, host));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QCOMPARE(issued.object()[u"names"_s].toArray(), QJsonArray {address});
}

void TestTlsAlpn01::issuesTwiceForOneNameAtTheSameTime()
{
    const auto pebble = support::startPebble(freshAuthorizations());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString batch = cli.write(u"batch"_s,
                                    "www.twice.test twice.test\ntwice.test www.twice.test\n"
                                    "twice.test\nwww.twice.test other.test\n");
    const Run issued = cli.run(QStringList {u"certificate"_s, u"issue"_s, u"--batch"_s, batch} + proof(*pebble.server));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QCOMPARE(cli.run({u"certificate"_s, u"list"_s}).array().size(), 4);
}

void TestTlsAlpn01::endsTheSameOrdersKilledAtAnyStep()
{
    practice::PebbleOptions options = freshAuthorizations();
    // Who is killed between asking for validation and answering has an invalid order otherwise, and rightly so.
    options.extraEnvironment = {u"PEBBLE_VA_ALWAYS_VALID=1"_s};
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    int killed = 0;
    while (killed < mostEvents
           && cli.runAndKill(issuing({u"killed-%1.test"_s.arg(killed)}, *pebble.server), killed + 1).exitCode != 0)
        ++killed;
    const QJsonObject before = ordersByName(cli);
    QCOMPARE(before.size(), killed + 1); // an order is stored before anything is announced
    QVERIFY2(killed > 10, "orders were to be killed at every step");
    const Run resumed = cli.run({u"order"_s, u"resume"_s}); // all of them, at once on one address
    QVERIFY2(resumed.exitCode == 0, resumed.errors.constData());
    const QJsonObject after = ordersByName(cli);
    QCOMPARE(after.keys(), before.keys());
    for (auto order = after.begin(); order != after.end(); ++order) {
        QCOMPARE(order.value()[u"id"_s], before[order.key()][u"id"_s]);
        QCOMPARE(order.value()[u"state"_s].toString(), u"issued"_s);
    }
}

void TestTlsAlpn01::refusesAWildcard()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run refused = cli.run(issuing({u"*.alpn.test"_s}, *pebble.server));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains("tls-alpn-01 cannot prove the wildcard *.alpn.test"), refused.errors);
    QVERIFY(cli.run({u"order"_s, u"list"_s}).array().isEmpty());
}

void TestTlsAlpn01::findsAnOccupiedPortBeforeTheOrder()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, pebble->tlsPort()));
    const Run refused = cli.run(issuing({u"a.alpn.test"_s}, *pebble.server));
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("is in use"), refused.errors);
    QVERIFY(cli.run({u"order"_s, u"list"_s}).array().isEmpty());
}

void TestTlsAlpn01::saysWhatTheAuthorityFoundWrong()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    // it listens where the authority does not look
    const QStringList words {u"certificate"_s, u"issue"_s,    u"a.alpn.test"_s,
                             u"--authority"_s, u"pebble"_s,   u"--challenge"_s,
                             u"tls-alpn-01"_s, u"--listen"_s, u"127.0.80.4:%1"_s.arg(pebble->tlsPort())};
    const Run refused = cli.run(words);
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("a.alpn.test"), refused.errors);
    QVERIFY2(refused.errors.contains("for the tls-alpn-01 challenge"), refused.errors);
}

SEALWRIGHT_TEST(TestTlsAlpn01)

} // namespace tst_tls_alpn01

#include "tst_tls_alpn01.moc"
