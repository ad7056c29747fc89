// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"
#include "lifecycle/authority_trust.h"
#include "lifecycle/reachability.h"
#include "lifecycle/renewal_scheduler.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace tst_authority_trust {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::AuthorityCondition;
using lifecycle::OrderState;
using lifecycle::RootChange;
using support::await;
using support::Step;

/// What happens when an authority's TLS no longer leads to the root that was pinned.
class TestAuthorityTrust : public QObject {
    Q_OBJECT

    static AuthorityCondition conditionOf(support::Workshop& workshop, const QString& id)
    {
        await(workshop.engine().trust().settle());
        return await(workshop.storage().authorities().condition(id)).value();
    }

    static QString sha256(const QByteArray& pem) { return lifecycle::certificateFacts(pem).first().sha256; }

    static int requests(const support::AcmeFaultServer& server)
    {
        int all = 0;
        for (const Step step : {Step::Directory, Step::NewNonce, Step::NewAccount, Step::Account, Step::NewOrder,
                                Step::Order, Step::Authorization, Step::Challenge, Step::Finalize})
            all += server.requests(step);
        return all;
    }

    static QStringList logged(support::Workshop& workshop)
    {
        QStringList actions;
        const auto events = await(workshop.engine().events().page({}));
        for (const lifecycle::Event& event : events.value())
            actions.append(event.action);
        return actions;
    }

    /// A CA with an account and one certificate, of which the root then changes.
    struct Scene {
        explicit Scene(bool sendsRoot = false)
        {
            server.setNow([this] { return workshop.clock().now(); });
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
            issued = workshop.issue(workshop.request(authority.id, {u"www.corp.example"_s})).value();
            server.changeTlsRoot(sendsRoot);
        }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
        lifecycle::OrderRecord issued;
    };

private Q_SLOTS:
    void stopsTheWorkOfAnAuthorityAndKeepsWhatItsServerShows_data()
    {
        QTest::addColumn<bool>("sendsRoot");
        QTest::newRow("the server sends its root") << true;
        QTest::newRow("the server keeps its root to itself") << false;
    }

    void stopsTheWorkOfAnAuthorityAndKeepsWhatItsServerShows()
    {
        QFETCH(bool, sendsRoot);
        Scene scene(sendsRoot);
        const int before = requests(scene.server);
        const auto order = scene.workshop.issue(scene.workshop.request(scene.authority.id, {u"b.corp.example"_s}));
        QVERIFY(order);
        QCOMPARE(order->state, OrderState::Prepared);
        QVERIFY(order->error);
        QCOMPARE(order->error->code(), ErrorCode::UntrustedServer);
        QCOMPARE(requests(scene.server), before);
        const AuthorityCondition condition = conditionOf(scene.workshop, scene.authority.id);
        QVERIFY(condition.isStopped());
        const auto comparison = lifecycle::compareRoots(scene.authority.rootsPem, condition.servedPem);
        QCOMPARE(comparison.pinned.first().sha256, sha256(scene.authority.rootsPem));
        QCOMPARE(comparison.served.size(), sendsRoot ? 2 : 1);
        QCOMPARE(comparison.namedRoot, u"CN=Another root"_s);
        QCOMPARE(comparison.servedRoot.has_value(), sendsRoot);
        if (sendsRoot)
            QCOMPARE(comparison.servedRoot->sha256, sha256(scene.server.tlsRootPem()));
        QVERIFY(!comparison.leadsToPinned);
        QCOMPARE(logged(scene.workshop).count(u"authority.stop"_s), 1);
    }

    void connectsNoMoreOnceStoppedWhateverIsAsked()
    {
        Scene scene;
        await(scene.workshop.engine().reachability().check(scene.authority.id, {}));
        QVERIFY(conditionOf(scene.workshop, scene.authority.id).isStopped());
        QVERIFY(!await(scene.workshop.engine().authorities().refresh(scene.authority.id, {})));
        const int connections = scene.server.connections();
        for (int i = 0; i < 5; ++i) {
            const auto refused = await(scene.workshop.engine().authorities().refresh(scene.authority.id, {}));
            QVERIFY(!refused);
            QCOMPARE(refused.error().code(), ErrorCode::UntrustedServer);
        }
        const auto placed = await(
            scene.workshop.engine().orders().place(scene.workshop.request(scene.authority.id, {u"c.example"_s}), {}));
        QVERIFY(!placed);
        QCOMPARE(placed.error().field(), u"authority"_s);
        QCOMPARE(scene.server.connections(), connections);
    }

    void renewsTheCertificatesOfOtherAuthoritiesMeanwhile()
    {
        Scene scene;
        support::AcmeFaultServer other;
        other.setNow([&scene] { return scene.workshop.clock().now(); });
        const auto healthy = scene.workshop.addAuthority(other.directoryUrl(), other.tlsRootPem(), u"Other CA"_s);
        scene.workshop.registerAccount(healthy.id);
        QCOMPARE(scene.workshop.issue(scene.workshop.request(healthy.id, {u"ok.corp.example"_s}))->state,
                 OrderState::Issued);
        await(scene.workshop.engine().reachability().check(scene.authority.id, {}));
        QVERIFY(conditionOf(scene.workshop, scene.authority.id).isStopped());
        scene.workshop.clock().advance(std::chrono::hours(24 * 70));
        const auto sweep = await(scene.workshop.engine().renewals().renewDue({}));
        QVERIFY(sweep);
        QVERIFY2(sweep->failed.isEmpty(), qPrintable(sweep->failed.join(u' ')));
        QCOMPARE(sweep->placed.size(), 1);
        const auto renewed = await(scene.workshop.engine().orders().waitFor(sweep->placed.first()));
        QCOMPARE(renewed->state, OrderState::Issued);
        QCOMPARE(renewed->request.authorityId, healthy.id);
    }

    void goesOnWithTheSameOrderOnceTheOperatorAcceptedTheRoot_data()
    {
        QTest::addColumn<bool>("sendsRoot");
        QTest::addColumn<bool>("replace");
        QTest::addColumn<bool>("byFingerprint");
        QTest::newRow("the new root as well, by PEM") << false << false << false;
        QTest::newRow("the new root instead, by PEM") << false << true << false;
        QTest::newRow("the served root, by its fingerprint") << true << false << true;
    }

    void goesOnWithTheSameOrderOnceTheOperatorAcceptedTheRoot()
    {
        QFETCH(bool, sendsRoot);
        QFETCH(bool, replace);
        QFETCH(bool, byFingerprint);
        Scene scene(sendsRoot);
        const auto order = scene.workshop.issue(scene.workshop.request(scene.authority.id, {u"b.corp.example"_s}));
        QVERIFY(conditionOf(scene.workshop, scene.authority.id).isStopped());
        QVERIFY(await(scene.workshop.engine().orders().resumeRipe())->ids.isEmpty());
        RootChange change;
        change.kind = replace ? RootChange::Kind::Replace : RootChange::Kind::Add;
        if (byFingerprint)
            change.fingerprint = sha256(scene.server.tlsRootPem()).toUpper();
        else
            change.pem = scene.server.tlsRootPem();
        const auto accepted = await(scene.workshop.engine().trust().accept(scene.authority.id, change, {}));
        QVERIFY2(accepted, qPrintable(accepted ? QString() : accepted.error().message()));
        QCOMPARE(lifecycle::certificateFacts(accepted->rootsPem).size(), replace ? 1 : 2);
        QVERIFY(!conditionOf(scene.workshop, scene.authority.id).isStopped());
        QCOMPARE(await(scene.workshop.engine().orders().resumeRipe())->ids, QStringList(order->id));
        const auto ended = await(scene.workshop.engine().orders().waitFor(order->id));
        QCOMPARE(ended->state, OrderState::Issued);
        QVERIFY(logged(scene.workshop).contains(u"authority.trust"_s));
    }

    void changesNothingWhereTheServerDoesNotLeadToTheNewRootEither_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::addColumn<QString>("fingerprint");
        QTest::newRow("PEM of a third root") << support::AcmeFaultServer().tlsRootPem() << QString();
        QTest::newRow("no certificate") << QByteArray("nothing") << QString();
        QTest::newRow("half a fingerprint") << QByteArray() << QString(32, u'a');
        QTest::newRow("a fingerprint that nobody shows") << QByteArray() << QString(64, u'a');
    }

    void changesNothingWhereTheServerDoesNotLeadToTheNewRootEither()
    {
        QFETCH(QByteArray, pem);
        QFETCH(QString, fingerprint);
        Scene scene(true);
        await(scene.workshop.engine().reachability().check(scene.authority.id, {}));
        QVERIFY(conditionOf(scene.workshop, scene.authority.id).isStopped());
        RootChange change {RootChange::Kind::Replace, pem, fingerprint};
        const auto accepted = await(scene.workshop.engine().trust().accept(scene.authority.id, change, {}));
        QVERIFY(!accepted);
        QCOMPARE(accepted.error().field(), u"root"_s);
        QCOMPARE(await(scene.workshop.engine().authorities().find(scene.authority.id))->rootsPem,
                 scene.authority.rootsPem);
        QVERIFY(conditionOf(scene.workshop, scene.authority.id).isStopped());
    }

    void goesOnByItselfWhereTheServerShowsTheTrustedRootAgain()
    {
        Scene scene;
        await(scene.workshop.engine().reachability().check(scene.authority.id, {}));
        QVERIFY(!await(scene.workshop.engine().authorities().refresh(scene.authority.id, {})));
        QVERIFY(conditionOf(scene.workshop, scene.authority.id).isStopped());
        scene.server.restoreTlsRoot();
        const auto looked = await(scene.workshop.engine().reachability().check(scene.authority.id, {}));
        QVERIFY(looked->isReachable());
        QVERIFY(!conditionOf(scene.workshop, scene.authority.id).isStopped());
        QVERIFY(await(scene.workshop.engine().authorities().refresh(scene.authority.id, {})));
    }

    void isNotStoppedAgainByALookThatEndsAfterWorkWentOn()
    {
        const support::AcmeFaultServer server;
        support::Workshop workshop;
        QTcpServer slow; // leads there, once the test wants it
        QVERIFY(slow.listen(QHostAddress::LocalHost));
        lifecycle::Authority authority;
        authority.id = u"a"_s;
        authority.name = u"Corp CA"_s;
        authority.directoryUrl = u"https://127.0.0.1:%1/directory"_s.arg(slow.serverPort());
        authority.proxy = u"none"_s;
        authority.createdAt = authority.checkedAt = workshop.clock().now();
        auto& authorities = workshop.storage().authorities();
        QVERIFY(await(authorities.insert(authority)));
        auto& trust = workshop.engine().trust();
        trust.untrusted(authority.id, base::Error(ErrorCode::UntrustedServer, u"another root"_s));
        QVERIFY(QTest::qWaitFor([&] { return slow.hasPendingConnections(); }));
        QVERIFY(await(authorities.condition(authority.id))->isStopped());
        trust.trusted(authority.id);
        QVERIFY(QTest::qWaitFor([&] { return !await(authorities.condition(authority.id))->isStopped(); }));
        QTcpSocket* looking = slow.nextPendingConnection();
        QTcpSocket shown;
        shown.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(server.directoryUrl().port()));
        QVERIFY(shown.waitForConnected());
        connect(looking, &QTcpSocket::readyRead, &shown, [&] { shown.write(looking->readAll()); });
        bool answered = false; // the look leaves before the handshake is over
        connect(&shown, &QTcpSocket::readyRead, looking, [&] { answered = looking->write(shown.readAll()) > 0; });
        shown.write(looking->readAll());
        QVERIFY(QTest::qWaitFor([&] { return looking->state() == QAbstractSocket::UnconnectedState; }));
        QVERIFY(answered);
        const AuthorityCondition after = conditionOf(workshop, authority.id);
        QVERIFY(!after.isStopped());
        QVERIFY(after.servedPem.isEmpty());
    }

    void measuresLatencyAndTheClockWithoutAnEntryOfTheLog()
    {
        support::AcmeFaultServer server;
        support::Workshop workshop;
        server.setNow([&workshop] { return workshop.clock().now(); });
        const auto authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
        const QStringList before = logged(workshop);
        server.setDateOffset(std::chrono::minutes(-7));
        QVERIFY(await(workshop.engine().reachability().check(authority.id, {})));
        const AuthorityCondition condition = conditionOf(workshop, authority.id);
        QVERIFY(condition.isReachable());
        QCOMPARE(condition.checkedAt, workshop.clock().now());
        QVERIFY(condition.latencyMs >= 0);
        QVERIFY(condition.clockOffsetMs);
        QVERIFY2(qAbs(*condition.clockOffsetMs + 7 * 60'000) <= 2'000,
                 qPrintable(QString::number(*condition.clockOffsetMs)));
        QCOMPARE(logged(workshop), before);
    }

    void tellsWhyAnAuthorityIsNotReachable()
    {
        auto server = std::make_unique<support::AcmeFaultServer>();
        support::Workshop workshop;
        const auto authority = workshop.addAuthority(server->directoryUrl(), server->tlsRootPem());
        server->failNext(Step::Directory, support::Fault::InternalErrorHtml);
        QVERIFY(await(workshop.engine().reachability().check(authority.id, {})));
        const AuthorityCondition failing = conditionOf(workshop, authority.id);
        QVERIFY(failing.error);
        QVERIFY2(failing.error->detail().contains(u"HTTP 500"_s), qPrintable(failing.error->detail()));
        server.reset();
        QVERIFY(await(workshop.engine().reachability().check(authority.id, {})));
        const AuthorityCondition gone = conditionOf(workshop, authority.id);
        QVERIFY(gone.error);
        QCOMPARE(gone.error->code(), ErrorCode::Network);
        QCOMPARE(gone.latencyMs, -1);
        QVERIFY(!gone.clockOffsetMs);
        QVERIFY(!gone.isStopped());
    }

    void remembersUntilWhenTheAuthorityAskedToBeLeftAlone()
    {
        support::AcmeFaultServer server;
        support::Workshop workshop;
        const auto authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
        server.failNext(Step::Directory, support::Fault::RateLimitedSeconds); // by 17 seconds
        const QDateTime asked = workshop.clock().now();
        static_cast<void>(await(workshop.engine().authorities().refresh(authority.id, {})));
        QCOMPARE(conditionOf(workshop, authority.id).rateLimitedUntil, asked.addSecs(17));
    }
};

SEALWRIGHT_TEST(TestAuthorityTrust)

} // namespace tst_authority_trust

#include "tst_authority_trust.moc"
