// SPDX-License-Identifier: Apache-2.0
#include "challenge/listen_address.h"
#include "challenge/proof_settings.h"
#include "challenge/solver_factory.h"
#include "support/await.h"
#include "support/free_port.h"
#include "support/memory_solvers.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

namespace tst_solvers {

using challenge::Answer;
using challenge::BuiltInSolvers;
using challenge::ListenAddress;
using challenge::ProofSettings;
using challenge::Solver;
using support::await;
using support::freePort;
using namespace Qt::StringLiterals;

namespace {

support::MemorySolvers noServers;
base::SystemClock systemClock;

base::Identifier name(const QString& text)
{
    return *base::Identifier::parse(text);
}

Answer answer(const QString& token)
{
    return {name(u"a.example.org"_s), token, token + u".thumbprint"_s};
}

QString listenAddress(quint16 port)
{
    return u"127.0.0.1:%1"_s.arg(port);
}

bool canConnect(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(2000);
}

QByteArray fetch(quint16 port, const QString& token)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write("GET /.well-known/acme-challenge/" + token.toLatin1() + " HTTP/1.1\r\n\r\n");
    if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }))
        return "still open";
    return socket.readAll();
}

} // namespace

class TestSolvers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsListenAddresses_data();
    void readsListenAddresses();
    void refusesWhatIsNoListenAddress_data();
    void refusesWhatIsNoListenAddress();
    void storesProofSettings();
    void refusesSettingsWithoutASolver();
    void refusesWildcards_data();
    void refusesWildcards();
    void answersWhilePresented();
    void sharesOneResponderPerAddress();
    void keepsAnAnswerUntilTheLastOrderNeedsItNoMore();
    void stopsListeningWithTheLastUser();
    void findsAnOccupiedPortBeforeTheOrder();
    void presentsWithoutPrepareAfterARestart();
    void refusesATokenThatIsAPath();
    void writesAndRemovesAWebrootAnswer();
    void cleansUpByPlacementAlone();
    void leavesFoldersOfOthers();
    void leavesFoldersWithFiles();
    void preparingAWebrootLeavesNothingBehind();
    void refusesAWebrootThatIsNoFolder();
    void refusesAWebrootThatCannotBeWritten();
};

void TestSolvers::readsListenAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<quint16>("port");
    QTest::addColumn<QString>("canonical");
    QTest::newRow("IPv4") << u"192.0.2.1:80"_s << QHostAddress(u"192.0.2.1"_s) << quint16(80) << u"192.0.2.1:80"_s;
    QTest::newRow("IPv6") << u"[2001:DB8::1]:8080"_s << QHostAddress(u"2001:db8::1"_s) << quint16(8080)
                          << u"[2001:db8::1]:8080"_s;
    QTest::newRow("all IPv4") << u"0.0.0.0:80"_s << QHostAddress(QHostAddress::AnyIPv4) << quint16(80)
                              << u"0.0.0.0:80"_s;
    QTest::newRow("all IPv6") << u"[::]:80"_s << QHostAddress(QHostAddress::AnyIPv6) << quint16(80) << u"[::]:80"_s;
    QTest::newRow("all") << u" *:80 "_s << QHostAddress(QHostAddress::Any) << quint16(80) << u"*:80"_s;
    QTest::newRow("only a port") << u":80"_s << QHostAddress(QHostAddress::Any) << quint16(80) << u"*:80"_s;
    QTest::newRow("localhost") << u"localhost:5002"_s << QHostAddress(QHostAddress::LocalHost) << quint16(5002)
                               << u"127.0.0.1:5002"_s;
}

void TestSolvers::readsListenAddresses()
{
    QFETCH(QString, text);
    QFETCH(QHostAddress, address);
    QFETCH(quint16, port);
    QFETCH(QString, canonical);
    const auto parsed = ListenAddress::parse(text);
    QVERIFY(parsed);
    QCOMPARE(parsed->address, address);
    QCOMPARE(parsed->port, port);
    QCOMPARE(parsed->toString(), canonical);
    QVERIFY(ListenAddress::parse(canonical) == *parsed);
}

void TestSolvers::refusesWhatIsNoListenAddress_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "80", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536",
                             "127.0.0.1:http", "2001:db8::1:80", "[127.0.0.1]:80", "example.org:80", "127.0.0.1:-1"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestSolvers::refusesWhatIsNoListenAddress()
{
    QFETCH(QString, text);
    const auto parsed = ListenAddress::parse(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code(), base::ErrorCode::InvalidInput);
    QCOMPARE(parsed.error().field(), u"listenAddress"_s);
}

void TestSolvers::storesProofSettings()
{
    const auto listening = ProofSettings::http01Listening(u"0.0.0.0:80"_s);
    const auto webroot = ProofSettings::http01Webroot(u"/srv/www"_s);
    QVERIFY(ProofSettings::fromJson(listening.toJson()) == listening);
    QVERIFY(ProofSettings::fromJson(webroot.toJson()) == webroot);
    const auto dns = ProofSettings::dns01({u"id"_s, u"internal BIND"_s});
    QVERIFY(ProofSettings::fromJson(dns.toJson()) == dns);
    const auto remote = ProofSettings::http01Remote(u"me@web"_s, u"/srv/www"_s);
    QVERIFY(ProofSettings::fromJson(remote.toJson()) == remote);
    QCOMPARE(remote.summary(), u"http-01 in /srv/www on me@web"_s);
    QVERIFY(ProofSettings::fromJson({}) == ProofSettings());
    QCOMPARE(dns.summary(), u"dns-01 by internal BIND"_s);
    QCOMPARE(listening.summary(), u"http-01 on 0.0.0.0:80"_s);
    QCOMPARE(webroot.summary(), u"http-01 in /srv/www"_s);
}

void TestSolvers::refusesSettingsWithoutASolver()
{
    BuiltInSolvers solvers(noServers, systemClock);
    QCOMPARE(solvers.make({u"dns-99"_s, {}, {}}, {}).error().code(), base::ErrorCode::Unsupported);
    QCOMPARE(solvers.make({u"dns-01"_s, {}, {}}, {}).error().field(), u"solver"_s);
    QCOMPARE(solvers.make({u"http-01"_s, {}, {}}, {}).error().field(), u"listenAddress"_s);
    QCOMPARE(solvers.make({u"http-01"_s, u"*:80"_s, u"/srv/www"_s}, {}).error().field(), u"listenAddress"_s);
    QCOMPARE(solvers.make({u"http-01"_s, u"nowhere"_s, {}}, {}).error().field(), u"listenAddress"_s);
    QVERIFY(solvers.make(ProofSettings::http01Remote(u"web"_s, u"/srv/www"_s), {}));
    QCOMPARE(solvers.make(ProofSettings::http01Remote(u"web"_s, {}), {}).error().field(), u"webroot"_s);
    QCOMPARE(solvers.make(ProofSettings::http01Remote(u"-F/x"_s, u"/srv"_s), {}).error().field(), u"webrootHost"_s);
}

void TestSolvers::refusesWildcards_data()
{
    QTest::addColumn<QString>("webroot");
    QTest::newRow("listening") << QString();
    QTest::newRow("webroot") << QDir::tempPath();
}

void TestSolvers::refusesWildcards()
{
    QFETCH(QString, webroot);
    const auto settings = webroot.isEmpty() ? ProofSettings::http01Listening(listenAddress(freePort()))
                                            : ProofSettings::http01Webroot(webroot);
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(settings, {});
    const QList<base::Identifier> names {name(u"a.example.org"_s), name(u"*.example.org"_s)};
    const auto prepared = await(solver->prepare(names, {}));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().code(), base::ErrorCode::InvalidInput);
    QCOMPARE(prepared.error().field(), u"names"_s);
    QVERIFY(prepared.error().detail().contains(u"*.example.org"_s));
    QVERIFY(prepared.error().detail().contains(u"dns-01"_s));
}

void TestSolvers::answersWhilePresented()
{
    const quint16 port = freePort();
    const auto solver =
        *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Listening(listenAddress(port)), {});
    QCOMPARE(solver->challengeType(), u"http-01"_s);
    QVERIFY(await(solver->prepare({name(u"a.example.org"_s), name(u"192.0.2.1"_s)}, {})));
    QVERIFY(await(solver->present(answer(u"one"_s), {})));
    QVERIFY(await(solver->present(answer(u"one"_s), {})));
    QVERIFY(fetch(port, u"one"_s).endsWith("\r\n\r\none.thumbprint"));
    const auto placement = solver->placement(answer(u"one"_s));
    QVERIFY(await(solver->cleanUp(placement)));
    QVERIFY(await(solver->cleanUp(placement)));
    QVERIFY(fetch(port, u"one"_s).startsWith("HTTP/1.1 404 "));
}

void TestSolvers::sharesOneResponderPerAddress()
{
    const quint16 port = freePort();
    BuiltInSolvers solvers(noServers, systemClock);
    const auto first = *solvers.make(ProofSettings::http01Listening(listenAddress(port)), {});
    const auto second = *solvers.make(ProofSettings::http01Listening(u"localhost:%1"_s.arg(port)), {});
    QVERIFY(await(first->prepare({}, {})));
    QVERIFY(await(second->prepare({}, {})));
    QVERIFY(await(first->present(answer(u"one"_s), {})));
    QVERIFY(await(second->present(answer(u"two"_s), {})));
    QVERIFY(fetch(port, u"one"_s).endsWith("one.thumbprint"));
    QVERIFY(fetch(port, u"two"_s).endsWith("two.thumbprint"));
}

void TestSolvers::stopsListeningWithTheLastUser()
{
    const quint16 port = freePort();
    BuiltInSolvers solvers(noServers, systemClock);
    auto first = *solvers.make(ProofSettings::http01Listening(listenAddress(port)), {});
    auto second = *solvers.make(ProofSettings::http01Listening(listenAddress(port)), {});
    QVERIFY(!canConnect(port));
    QVERIFY(await(first->prepare({}, {})));
    QVERIFY(await(second->prepare({}, {})));
    first.reset();
    QVERIFY(canConnect(port));
    second.reset();
    QVERIFY(!canConnect(port));
}

void TestSolvers::findsAnOccupiedPortBeforeTheOrder()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto settings = ProofSettings::http01Listening(listenAddress(other.serverPort()));
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(settings, {});
    const auto occupied = await(solver->prepare({}, {}));
    QVERIFY(!occupied);
    QCOMPARE(occupied.error().code(), base::ErrorCode::AddressInUse);
    other.close();
    QVERIFY(await(solver->prepare({}, {})));
}

void TestSolvers::presentsWithoutPrepareAfterARestart()
{
    const quint16 port = freePort();
    const auto solver =
        *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Listening(listenAddress(port)), {});
    QVERIFY(await(solver->present(answer(u"one"_s), {})));
    QVERIFY(fetch(port, u"one"_s).endsWith("one.thumbprint"));
}

void TestSolvers::refusesATokenThatIsAPath()
{
    const QTemporaryDir webroot;
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(webroot.path()), {});
    const auto presented = await(solver->present(answer(u"../../index"_s), {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().code(), base::ErrorCode::Protocol);
    QVERIFY(QDir(webroot.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    auto placement = solver->placement(answer(u"one"_s));
    placement.insert(u"token"_s, u"../../victim"_s);
    QFile victim(webroot.filePath(u"victim"_s));
    QVERIFY(victim.open(QIODevice::WriteOnly));
    QVERIFY(!await(solver->cleanUp(placement)));
    QVERIFY(victim.exists());
}

void TestSolvers::writesAndRemovesAWebrootAnswer()
{
    const QTemporaryDir webroot;
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(webroot.path()), {});
    QVERIFY(await(solver->prepare({name(u"a.example.org"_s)}, {})));
    const auto placement = solver->placement(answer(u"one"_s));
    QVERIFY(await(solver->present(answer(u"one"_s), {})));
    QVERIFY(await(solver->present(answer(u"one"_s), {})));
    QFile file(webroot.filePath(u".well-known/acme-challenge/one"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("one.thumbprint"));
    const auto readable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
    QCOMPARE(file.permissions() & readable, readable);
    QVERIFY(!(file.permissions() & (QFile::ExeOther | QFile::WriteOther)));
    const auto enterable = QFile::ReadOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(webroot.filePath(u".well-known"_s)) & enterable, enterable);
    QVERIFY(await(solver->cleanUp(placement)));
    QVERIFY(await(solver->cleanUp(placement)));
    QVERIFY(!QFile::exists(webroot.filePath(u".well-known"_s)));
    QVERIFY(QFile::exists(webroot.path()));
}

void TestSolvers::cleansUpByPlacementAlone()
{
    const QTemporaryDir webroot;
    QJsonObject stored;
    {
        const auto solver =
            *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(webroot.path()), {});
        stored = solver->placement(answer(u"one"_s));
        QVERIFY(await(solver->present(answer(u"one"_s), {})));
    }
    const auto later = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(u"/nowhere"_s), {});
    QVERIFY(await(later->cleanUp(stored)));
    QVERIFY(!QFile::exists(webroot.filePath(u".well-known"_s)));
}

void TestSolvers::keepsAnAnswerUntilTheLastOrderNeedsItNoMore()
{
    const quint16 port = freePort();
    QTemporaryDir webroot;
    BuiltInSolvers solvers(noServers, systemClock);
    for (const ProofSettings& settings :
         {ProofSettings::http01Listening(listenAddress(port)), ProofSettings::http01Webroot(webroot.path())}) {
        const auto first = *solvers.make(settings, {});
        const auto second = *solvers.make(settings, {});
        const Answer shared = answer(u"shared"_s);
        const QJsonObject placement = first->placement(shared);
        QVERIFY(await(first->present(shared, {})));
        const QJsonObject laterPlacement = second->placement(shared);
        const auto isThere = [&] {
            return settings.webroot.isEmpty() ? fetch(port, u"shared"_s).contains("200 OK")
                                              : QFile::exists(webroot.filePath(u".well-known/acme-challenge/shared"_s));
        };
        for (const auto& solver : {second.get(), first.get()})
            QVERIFY(await(solver->present(shared, {})));
        QVERIFY(await(first->cleanUp(placement)));
        QVERIFY(isThere());
        QVERIFY(await(second->cleanUp(laterPlacement)));
        QVERIFY(!isThere());
        QVERIFY(!QFile::exists(webroot.filePath(u".well-known"_s)));
    }
}

void TestSolvers::leavesFoldersOfOthers()
{
    const QTemporaryDir webroot;
    QVERIFY(QDir(webroot.path()).mkdir(u".well-known"_s));
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(webroot.path()), {});
    const auto placement = solver->placement(answer(u"one"_s));
    QVERIFY(await(solver->present(answer(u"one"_s), {})));
    QVERIFY(await(solver->cleanUp(placement)));
    QVERIFY(QFile::exists(webroot.filePath(u".well-known"_s)));
    QVERIFY(!QFile::exists(webroot.filePath(u".well-known/acme-challenge"_s)));
}

void TestSolvers::leavesFoldersWithFiles()
{
    const QTemporaryDir webroot;
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(webroot.path()), {});
    const auto first = solver->placement(answer(u"one"_s));
    QVERIFY(await(solver->present(answer(u"one"_s), {})));
    const auto second = solver->placement(answer(u"two"_s));
    QVERIFY(await(solver->present(answer(u"two"_s), {})));
    QVERIFY(await(solver->cleanUp(first)));
    QVERIFY(QFile::exists(webroot.filePath(u".well-known/acme-challenge/two"_s)));
    QVERIFY(await(solver->cleanUp(second)));
    QVERIFY(!QFile::exists(webroot.filePath(u".well-known/acme-challenge/two"_s)));
}

void TestSolvers::preparingAWebrootLeavesNothingBehind()
{
    const QTemporaryDir webroot;
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(webroot.path()), {});
    QVERIFY(await(solver->prepare({}, {})));
    QVERIFY(QDir(webroot.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestSolvers::refusesAWebrootThatIsNoFolder()
{
    for (const QString& folder : {u"/nowhere/at/all"_s, u"relative"_s, u"/etc/passwd"_s}) {
        const auto solver = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(folder), {});
        const auto prepared = await(solver->prepare({}, {}));
        QVERIFY(!prepared);
        QCOMPARE(prepared.error().code(), base::ErrorCode::InvalidInput);
        QCOMPARE(prepared.error().field(), u"webroot"_s);
    }
}

void TestSolvers::refusesAWebrootThatCannotBeWritten()
{
    const QTemporaryDir webroot;
    // a file where the folder should be stops root as well
    QFile obstacle(webroot.filePath(u".well-known"_s));
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(ProofSettings::http01Webroot(webroot.path()), {});
    const auto prepared = await(solver->prepare({}, {}));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().code(), base::ErrorCode::File);
    QVERIFY(obstacle.exists());
}

SEALWRIGHT_TEST(TestSolvers)

} // namespace tst_solvers

#include "tst_solvers.moc"
