// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authority_trust.h"
#include "lifecycle/reachability.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QSet>
#include <QTest>

namespace tst_reachability {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::AuthorityCondition;
using support::await;
using support::Fault;
using support::Step;

namespace {

/// Looking at authorities again and again, a minute at a time.
class Loop {
public:
    explicit Loop(support::Workshop& workshop)
        : m_clock(workshop.clock())
    {
        m_clock.setSleepsPass(false);
        m_sleeps = m_clock.sleeps().size();
        m_task = workshop.engine().reachability().run(m_stop.get_token());
    }

    ~Loop() { end(); }

    /// Until the loop waits for the next minute: false where it never does.
    bool settle()
    {
        return QTest::qWaitFor([this] { return m_clock.sleeps().size() > m_sleeps; });
    }

    bool minute()
    {
        m_sleeps = m_clock.sleeps().size();
        m_clock.advance(std::chrono::minutes(1));
        return settle();
    }

    void end()
    {
        m_stop.request_stop();
        if (m_task)
            await(*std::exchange(m_task, std::nullopt));
        m_clock.setSleepsPass(true);
    }

private:
    support::FakeClock& m_clock;
    std::stop_source m_stop;
    qsizetype m_sleeps = 0;
    std::optional<base::Task<void>> m_task;
};

struct Scene {
    Scene()
    {
        server.setNow([this] { return workshop.clock().now(); });
        authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
    }

    AuthorityCondition condition()
    {
        await(workshop.engine().trust().settle());
        return await(workshop.storage().authorities().condition(authority.id)).value();
    }

    /// How many minutes pass until the loop asks for the directory; -1 where that is longer than `most`.
    int minutesToNextLook(Loop& loop, int most = 30)
    {
        const int before = server.requests(Step::Directory);
        for (int minutes = 1; minutes <= most; ++minutes)
            if (!loop.minute())
                return -1;
            else if (server.requests(Step::Directory) > before)
                return minutes;
        return -1;
    }

    support::AcmeFaultServer server;
    support::Workshop workshop;
    lifecycle::Authority authority;
};

} // namespace

/// When authorities are looked at, and what a look changes.
class TestReachability : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looksAtOnceAtAnAuthorityThatWasNeverLookedAt()
    {
        Scene scene;
        const int before = scene.server.requests(Step::Directory);
        QVERIFY(!scene.condition().checkedAt.isValid());
        Loop loop(scene.workshop);
        QVERIFY(loop.settle());
        QCOMPARE(scene.server.requests(Step::Directory), before + 1);
        QCOMPARE(scene.condition().checkedAt, scene.workshop.clock().now());
    }

    void looksAgainAboutEachQuarterOfAnHourAndNeverInStep()
    {
        Scene scene;
        Loop loop(scene.workshop);
        QVERIFY(loop.settle());
        QSet<int> intervals;
        for (int look = 0; look < 12; ++look) {
            const int minutes = scene.minutesToNextLook(loop);
            QVERIFY2(minutes >= 15 && minutes <= 19, qPrintable(QString::number(minutes)));
            intervals.insert(minutes);
        }
        QVERIFY2(intervals.size() > 1, "every look came after the same time");
    }

    void looksSoonerAtAnAuthorityThatDidNotAnswer()
    {
        Scene scene;
        scene.server.failNext(Step::Directory, Fault::InternalErrorHtml, 2);
        Loop loop(scene.workshop);
        QVERIFY(loop.settle());
        for (int look = 0; look < 2; ++look) {
            const int minutes = scene.minutesToNextLook(loop);
            QVERIFY2(minutes >= 5 && minutes <= 7, qPrintable(QString::number(minutes)));
        }
        QVERIFY(scene.condition().isReachable());
        const int minutes = scene.minutesToNextLook(loop);
        QVERIFY2(minutes >= 15 && minutes <= 19, qPrintable(QString::number(minutes)));
    }

    void leavesAnAuthorityAloneThatAskedForIt()
    {
        Scene scene;
        const QDateTime until = scene.workshop.clock().now().addSecs(3600);
        Loop loop(scene.workshop);
        QVERIFY(loop.settle());
        QVERIFY(await(scene.workshop.storage().authorities().noteRateLimit(scene.authority.id, until)));
        QCOMPARE(scene.minutesToNextLook(loop, 59), -1);
        QCOMPARE(scene.minutesToNextLook(loop), 1);
    }

    void heedsWhatALookWasAnswered()
    {
        Scene scene;
        scene.server.failNext(Step::Directory, Fault::RateLimitedSeconds); // by 17 seconds
        QVERIFY(await(scene.workshop.engine().reachability().check(scene.authority.id, {})));
        QCOMPARE(scene.condition().rateLimitedUntil, scene.workshop.clock().now().addSecs(17));
    }

    void looksNoMoreOnceStopped()
    {
        Scene scene;
        const QList<std::chrono::milliseconds>& sleeps = scene.workshop.clock().sleeps();
        Loop loop(scene.workshop);
        QVERIFY(loop.settle());
        loop.end();
        const int before = scene.server.requests(Step::Directory);
        const qsizetype slept = sleeps.size();
        scene.workshop.clock().advance(std::chrono::hours(1));
        QCoreApplication::processEvents();
        QCOMPARE(sleeps.size(), slept);
        QCOMPARE(scene.server.requests(Step::Directory), before);
    }

    void sendsAgainOnceAnotherProcessLetTheWorkGoOn()
    {
        Scene scene;
        scene.server.changeTlsRoot(false);
        QVERIFY(!await(scene.workshop.engine().authorities().refresh(scene.authority.id, {})));
        QVERIFY(scene.condition().isStopped());
        scene.server.restoreTlsRoot();
        // What the other process stores once it has looked.
        AuthorityCondition found;
        found.authorityId = scene.authority.id;
        found.checkedAt = scene.workshop.clock().now();
        found.latencyMs = 1;
        QVERIFY(await(scene.workshop.storage().authorities().noteLook(found)));
        QVERIFY(await(scene.workshop.storage().authorities().noteStop(found)));
        const auto refused = await(scene.workshop.engine().authorities().refresh(scene.authority.id, {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::UntrustedServer);
        Loop loop(scene.workshop);
        QVERIFY(loop.settle());
        loop.end();
        const auto answered = await(scene.workshop.engine().authorities().refresh(scene.authority.id, {}));
        QVERIFY2(answered, qPrintable(answered ? QString() : answered.error().message()));
    }
};

SEALWRIGHT_TEST(TestReachability)

} // namespace tst_reachability

#include "tst_reachability.moc"
