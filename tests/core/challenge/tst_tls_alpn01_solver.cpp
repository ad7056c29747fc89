// SPDX-License-Identifier: Apache-2.0
#include "challenge/tls_alpn01_solver.h"

#include "acme_tls_client.h"
#include "challenge/answer_claims.h"
#include "challenge/shared_responders.h"
#include "challenge/solver_factory.h"
#include "challenge/tls_alpn01_responder.h"
#include "crypto/validation_certificate.h"
#include "support/await.h"
#include "support/free_port.h"
#include "support/memory_solvers.h"
#include "support/test_program.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QTcpServer>

#include <array>

namespace tst_tls_alpn01_solver {

using base::ErrorCode;
using base::Result;
using base::Task;
using challenge::Answer;
using challenge::BuiltInSolvers;
using challenge::ListenAddress;
using challenge::ProofSettings;
using challenge::TlsAlpn01Solver;
using support::await;
using support::freePort;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

support::MemorySolvers noServers;
base::SystemClock systemClock;

Answer answer(const QString& name, const QString& token)
{
    return {*base::Identifier::parse(name), token, token + u".thumbprint"_s};
}

ProofSettings listeningOn(quint16 port)
{
    return ProofSettings::tlsAlpn01Listening(u"127.0.0.1:%1"_s.arg(port));
}

/// Whether `certificate` proves `token` (RFC 8737 section 3).
bool proves(const QSslCertificate& certificate, const QString& token)
{
    const QByteArray digest = QCryptographicHash::hash(token.toLatin1() + ".thumbprint", QCryptographicHash::Sha256);
    return certificate.toDer().contains(QByteArray("\x04\x20", 2) + digest);
}

/// Two orders of one process on one address.
struct TwoOrders {
    explicit TwoOrders(std::chrono::milliseconds patience = 60s)
        : first(responders, claims, systemClock, address, patience)
        , second(responders, claims, systemClock, address, patience)
    {
    }

    QSslCertificate shown(const QString& name) const { return AcmeTlsClient {address.port}.shown(name); }

    ListenAddress address {QHostAddress(QHostAddress::LocalHost), freePort()};
    std::shared_ptr<TlsAlpn01Solver::Responders> responders = std::make_shared<TlsAlpn01Solver::Responders>();
    std::shared_ptr<challenge::AnswerClaims> claims = std::make_shared<challenge::AnswerClaims>();
    TlsAlpn01Solver first;
    TlsAlpn01Solver second;
};

Task<void> noteEnd(Task<Result<void>> task, std::optional<Result<void>>& outcome)
{
    auto ended = co_await std::move(task);
    outcome = std::move(ended);
}

} // namespace

class TestTlsAlpn01Solver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWhilePresented();
    void showsManyNamesAtOnce();
    void answersForAddressesByTheirReverseNames_data();
    void answersForAddressesByTheirReverseNames();
    void showsOpensslWhatAnAuthorityLooksFor();
    void saysWhereTheAuthorityLooksAndForWhat();
    void refusesWildcards();
    void findsAnOccupiedPortBeforeTheOrder();
    void refusesWhatIsNoListenAddress();
    void sharesOneResponderAndStopsWithTheLastUser();
    void sharesTheAnswerToASharedAuthorization();
    void waitsForAnotherOrderThatProvesTheSameName();
    void neverWaitsForEachOther();
    void presentsSeveralAnswersOfOneOrderAtOnce();
    void saysWhichNameIsTakenWhenItHasWaitedEnough();
    void stopsWaitingWhenStopped();
    void leavesNoAnswerBehind();
};

void TestTlsAlpn01Solver::answersWhilePresented()
{
    const quint16 port = freePort();
    const AcmeTlsClient authority {port};
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(listeningOn(port), {});
    QCOMPARE(solver->challengeType(), u"tls-alpn-01"_s);
    const Answer one = answer(u"a.example.org"_s, u"one"_s);
    QVERIFY(await(solver->prepare({one.identifier}, {})));
    QVERIFY(authority.shown(u"a.example.org"_s).isNull());
    QVERIFY(await(solver->present(one, {})));
    QVERIFY(await(solver->present(one, {})));
    QVERIFY(proves(authority.shown(u"a.example.org"_s), u"one"_s));
    QVERIFY(authority.shown(u"b.example.org"_s).isNull());
    QVERIFY((AcmeTlsClient {port, "h2"}).shown(u"a.example.org"_s).isNull());
    const auto placement = solver->placement(one);
    QVERIFY(await(solver->cleanUp(placement)));
    QVERIFY(await(solver->cleanUp(placement)));
    QVERIFY(authority.shown(u"a.example.org"_s).isNull());
}

void TestTlsAlpn01Solver::showsManyNamesAtOnce()
{
    constexpr int names = 50;
    const quint16 port = freePort();
    const AcmeTlsClient authority {port};
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(listeningOn(port), {});
    for (int i = 0; i < names; ++i)
        QVERIFY(await(solver->present(answer(u"n%1.example.org"_s.arg(i), u"token-%1"_s.arg(i)), {})));
    std::vector<std::unique_ptr<QSslSocket>> sockets;
    QList<QSslCertificate> shown(names);
    for (int i = 0; i < names; ++i) {
        sockets.push_back(authority.begin(u"n%1.example.org"_s.arg(i)));
        QSslSocket* const socket = sockets.back().get();
        connect(socket, &QSslSocket::encrypted, socket, [&shown, i, socket] { shown[i] = socket->peerCertificate(); });
    }
    for (int i = 0; i < names; ++i) {
        QTRY_COMPARE(sockets.at(i)->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(proves(shown.at(i), u"token-%1"_s.arg(i)));
        QVERIFY(shown.at(i).subjectAlternativeNames().values() == QStringList {u"n%1.example.org"_s.arg(i)});
    }
}

void TestTlsAlpn01Solver::answersForAddressesByTheirReverseNames_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("serverName");
    QTest::newRow("IPv4") << u"192.0.2.17"_s << u"17.2.0.192.in-addr.arpa"_s;
    // the example of RFC 8738 section 6
    QTest::newRow("IPv6") << u"2001:db8::1"_s
                          << u"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"_s;
}

void TestTlsAlpn01Solver::answersForAddressesByTheirReverseNames()
{
    QFETCH(QString, address);
    QFETCH(QString, serverName);
    const quint16 port = freePort();
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(listeningOn(port), {});
    QVERIFY(await(solver->present(answer(address, u"one"_s), {})));
    const QSslCertificate shown = AcmeTlsClient {port}.shown(serverName);
    QVERIFY(proves(shown, u"one"_s));
    QVERIFY(shown.subjectAlternativeNames().values(QSsl::IpAddressEntry) == QStringList {address});
    QCOMPARE(shown.subjectAlternativeNames().size(), 1);
}

void TestTlsAlpn01Solver::showsOpensslWhatAnAuthorityLooksFor()
{
    const quint16 port = freePort();
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(listeningOn(port), {});
    QVERIFY(await(solver->present(answer(u"a.example.org"_s, u"one"_s), {})));
    QProcess client;
    client.start(u"openssl"_s,
                 {u"s_client"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(port), u"-alpn"_s, u"acme-tls/1"_s,
                  u"-servername"_s, u"a.example.org"_s});
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QProcess::NotRunning, 20'000);
    const QByteArray text = client.readAllStandardOutput();
    QVERIFY2(text.contains("ALPN protocol: acme-tls/1\n"), text.constData());
    QVERIFY(!text.contains("New Session Ticket"));
    QProcess reader;
    reader.start(u"openssl"_s, {u"x509"_s, u"-noout"_s, u"-text"_s});
    reader.write(text);
    reader.closeWriteChannel();
    QVERIFY(reader.waitForFinished());
    const QByteArray certificate = reader.readAllStandardOutput();
    QVERIFY2(certificate.contains("DNS:a.example.org\n"), certificate.constData());
    QVERIFY2(certificate.contains("1.3.6.1.5.5.7.1.31: critical\n"), certificate.constData());
}

void TestTlsAlpn01Solver::saysWhereTheAuthorityLooksAndForWhat()
{
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(listeningOn(freePort()), {});
    const auto expected = solver->expectation(answer(u"2001:db8::1"_s, u"one"_s));
    QVERIFY2(expected.at.startsWith(u"[2001:db8::1]:443"_s), qPrintable(expected.at));
    QVERIFY(expected.at.endsWith(u".8.b.d.0.1.0.0.2.ip6.arpa"_s));
    QCOMPARE(expected.value.toLatin1(), QCryptographicHash::hash("one.thumbprint", QCryptographicHash::Sha256).toHex());
}

void TestTlsAlpn01Solver::refusesWildcards()
{
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(listeningOn(freePort()), {});
    const QList<base::Identifier> names {*base::Identifier::parse(u"*.example.org"_s)};
    const auto prepared = await(solver->prepare(names, {}));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().code(), ErrorCode::InvalidInput);
    QCOMPARE(prepared.error().field(), u"names"_s);
    QVERIFY(prepared.error().detail().startsWith(u"tls-alpn-01 cannot prove the wildcard *.example.org"_s));
}

void TestTlsAlpn01Solver::findsAnOccupiedPortBeforeTheOrder()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto solver = *BuiltInSolvers(noServers, systemClock).make(listeningOn(other.serverPort()), {});
    const auto occupied = await(solver->prepare({}, {}));
    QVERIFY(!occupied);
    QCOMPARE(occupied.error().code(), ErrorCode::AddressInUse);
    QVERIFY2(occupied.error().detail().contains(u"443"_s), qPrintable(occupied.error().detail()));
    QVERIFY(!occupied.error().detail().contains(u"webroot"_s));
    other.close();
    QVERIFY(await(solver->prepare({}, {})));
}

void TestTlsAlpn01Solver::refusesWhatIsNoListenAddress()
{
    BuiltInSolvers solvers(noServers, systemClock);
    for (const QString& address : {QString(), u"nowhere"_s})
        QCOMPARE(solvers.make(ProofSettings::tlsAlpn01Listening(address), {}).error().field(), u"listenAddress"_s);
}

void TestTlsAlpn01Solver::sharesOneResponderAndStopsWithTheLastUser()
{
    const quint16 port = freePort();
    BuiltInSolvers solvers(noServers, systemClock);
    auto first = *solvers.make(listeningOn(port), {});
    auto second = *solvers.make(listeningOn(port), {});
    QVERIFY(await(first->prepare({}, {})));
    QVERIFY(await(second->prepare({}, {})));
    QVERIFY(await(first->present(answer(u"a.example.org"_s, u"one"_s), {})));
    QVERIFY(await(second->present(answer(u"b.example.org"_s, u"two"_s), {})));
    const AcmeTlsClient authority {port};
    QVERIFY(proves(authority.shown(u"a.example.org"_s), u"one"_s));
    first.reset();
    QVERIFY(authority.shown(u"a.example.org"_s).isNull());
    QVERIFY(proves(authority.shown(u"b.example.org"_s), u"two"_s));
    second.reset();
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost, port));
}

void TestTlsAlpn01Solver::sharesTheAnswerToASharedAuthorization()
{
    TwoOrders orders;
    const Answer shared = answer(u"a.example.org"_s, u"shared"_s);
    QVERIFY(await(orders.first.present(shared, {})));
    QVERIFY(await(orders.second.present(shared, {})));
    QVERIFY(await(orders.first.cleanUp(orders.first.placement(shared))));
    QVERIFY(proves(orders.shown(u"a.example.org"_s), u"shared"_s));
    QVERIFY(await(orders.second.cleanUp(orders.second.placement(shared))));
    QVERIFY(orders.shown(u"a.example.org"_s).isNull());
}

void TestTlsAlpn01Solver::waitsForAnotherOrderThatProvesTheSameName()
{
    TwoOrders orders;
    const Answer one = answer(u"a.example.org"_s, u"one"_s);
    const Answer two = answer(u"a.example.org"_s, u"two"_s);
    QVERIFY(await(orders.first.present(one, {})));
    std::optional<Result<void>> outcome;
    const auto waiting = noteEnd(orders.second.present(two, {}), outcome);
    QVERIFY(proves(orders.shown(u"a.example.org"_s), u"one"_s));
    QVERIFY(!outcome);
    // what the waiting order left behind before belongs to the other one now
    QVERIFY(await(orders.second.cleanUp(orders.second.placement(answer(u"z.example.org"_s, u"old"_s)))));
    QVERIFY(await(orders.first.cleanUp(orders.first.placement(one))));
    QTRY_VERIFY(outcome.has_value());
    QVERIFY(*outcome);
    QVERIFY(proves(orders.shown(u"a.example.org"_s), u"two"_s));
}

void TestTlsAlpn01Solver::neverWaitsForEachOther()
{
    TwoOrders orders;
    const std::array solvers {&orders.first, &orders.second};
    std::array<QList<Answer>, 2> answers;
    for (const int order : {0, 1})
        for (const QString& name : {u"a"_s, u"b"_s})
            answers[order].append(answer(name + u".example.org"_s, u"%1-%2"_s.arg(order).arg(name)));
    const auto isShown = [&orders](int order) {
        return proves(orders.shown(u"a.example.org"_s), u"%1-a"_s.arg(order))
            && proves(orders.shown(u"b.example.org"_s), u"%1-b"_s.arg(order));
    };
    QVERIFY(await(orders.first.present(answers[0][0], {})));
    QVERIFY(await(orders.second.present(answers[1][1], {})));
    std::array<std::optional<Result<void>>, 2> outcomes;
    const auto one = noteEnd(orders.first.present(answers[0][1], {}), outcomes[0]);
    const auto other = noteEnd(orders.second.present(answers[1][0], {}), outcomes[1]);
    QTRY_VERIFY(outcomes[0] || outcomes[1]); // whichever makes its certificate first
    const int first = outcomes[0] ? 0 : 1;
    const int last = 1 - first;
    QVERIFY(*outcomes[first]);
    QVERIFY(isShown(first));
    QVERIFY(!outcomes[last]);
    for (const Answer& done : answers[first])
        QVERIFY(await(solvers[first]->cleanUp(solvers[first]->placement(done))));
    QTRY_VERIFY(outcomes[last]);
    QVERIFY(*outcomes[last]);
    QVERIFY(isShown(last));
}

void TestTlsAlpn01Solver::presentsSeveralAnswersOfOneOrderAtOnce()
{
    TwoOrders orders;
    const Answer held = answer(u"b.example.org"_s, u"held"_s);
    QVERIFY(await(orders.first.present(held, {})));
    const QStringList names {u"a.example.org"_s, u"b.example.org"_s, u"c.example.org"_s};
    std::array<std::optional<Result<void>>, 3> outcomes;
    std::vector<Task<void>> presenting;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        presenting.push_back(
            noteEnd(orders.second.present(answer(names.at(qsizetype(i)), u"one"_s), {}), outcomes.at(i)));
    QVERIFY(proves(orders.shown(u"b.example.org"_s), u"held"_s));
    QVERIFY(await(orders.first.cleanUp(orders.first.placement(held))));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        QTRY_VERIFY(outcomes.at(i));
        QVERIFY(*outcomes.at(i));
    }
    for (const QString& name : names)
        QVERIFY(proves(orders.shown(name), u"one"_s));
}

void TestTlsAlpn01Solver::saysWhichNameIsTakenWhenItHasWaitedEnough()
{
    TwoOrders orders(0ms);
    QVERIFY(await(orders.first.present(answer(u"a.example.org"_s, u"one"_s), {})));
    const auto presented = await(orders.second.present(answer(u"a.example.org"_s, u"two"_s), {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().code(), ErrorCode::Busy);
    QVERIFY2(presented.error().detail().contains(u"a.example.org"_s), qPrintable(presented.error().detail()));
    QVERIFY(proves(orders.shown(u"a.example.org"_s), u"one"_s));
}

void TestTlsAlpn01Solver::stopsWaitingWhenStopped()
{
    TwoOrders orders;
    QVERIFY(await(orders.first.present(answer(u"a.example.org"_s, u"one"_s), {})));
    std::stop_source stop;
    std::optional<Result<void>> outcome;
    const auto waiting =
        noteEnd(orders.second.present(answer(u"a.example.org"_s, u"two"_s), stop.get_token()), outcome);
    stop.request_stop();
    QTRY_VERIFY(outcome.has_value());
    QVERIFY(!*outcome);
    QCOMPARE(outcome->error().code(), ErrorCode::Cancelled);
}

void TestTlsAlpn01Solver::leavesNoAnswerBehind()
{
    const quint16 port = freePort();
    BuiltInSolvers solvers(noServers, systemClock);
    const auto stays = *solvers.make(listeningOn(port), {});
    QVERIFY(await(stays->prepare({}, {})));
    auto dropped = *solvers.make(listeningOn(port), {});
    QVERIFY(await(dropped->present(answer(u"a.example.org"_s, u"one"_s), {})));
    dropped.reset(); // without cleanUp()
    QVERIFY(AcmeTlsClient {port}.shown(u"a.example.org"_s).isNull());
    QVERIFY(await(stays->present(answer(u"a.example.org"_s, u"two"_s), {})));
    QVERIFY(proves(AcmeTlsClient {port}.shown(u"a.example.org"_s), u"two"_s));
}

SEALWRIGHT_TEST(TestTlsAlpn01Solver)

} // namespace tst_tls_alpn01_solver

#include "tst_tls_alpn01_solver.moc"
