// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificates.h"
#include "lifecycle/change_feed.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTest>

namespace tst_long_orders {

using namespace Qt::StringLiterals;
using lifecycle::OrderEvent;
using lifecycle::OrderState;
using support::await;
using support::Step;

/// Orders that the authority keeps for minutes, or until a human has looked at them.
class TestLongOrders : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            server.setValidation(support::Validation::AlwaysValid);
            server.setNow([this] { return workshop.clock().now(); });
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
        }

        lifecycle::IssueRequest wish() const { return workshop.request(authority.id, {u"host.corp.example"_s}); }

        /// The authority is taken for one whose orders a human approves.
        void becomeEjbca()
        {
            authority.meta.kind = u"ejbca"_s;
            QVERIFY(await(workshop.storage().authorities().update(authority)));
        }

        /// The list of orders, as it is stored.
        lifecycle::OrderRow onlyRow() { return await(workshop.engine().orders().page(0, 10))->at(0); }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void waitsThroughHundredsOfPollsAsLongAsTheAuthorityAsks()
    {
        World world;
        world.server.setProcessingPolls(100);
        world.server.setRetryAfter(300);
        const QDateTime before = world.workshop.clock().now();
        const auto order = world.workshop.issue(world.wish());
        QCOMPARE(order->state, OrderState::Issued);
        QVERIFY(before.secsTo(world.workshop.clock().now()) >= 100 * 300);
    }

    void asksSeldomWhereTheAuthorityDoesNotSayWhen()
    {
        World world;
        world.server.setProcessingPolls(100);
        const int before = world.server.requests(Step::Order);
        const QDateTime begun = world.workshop.clock().now();
        QCOMPARE(world.workshop.issue(world.wish())->state, OrderState::Issued);
        const int polls = world.server.requests(Step::Order) - before;
        QVERIFY2(begun.secsTo(world.workshop.clock().now()) / polls > 60, "it asks less than once a minute");
    }

    void waitsAsLongAsTheAuthorityKeepsTheOrder()
    {
        World world;
        world.server.setProcessingPolls(1'000'000);
        const auto order = world.workshop.issue(world.wish());
        QVERIFY(order);
        QCOMPARE(order->error->code(), base::ErrorCode::InProgress);
        QVERIFY(!lifecycle::isApprovalPending(order->error));
        const qint64 waited = order->createdAt.secsTo(world.workshop.clock().now());
        QVERIFY2(qAbs(waited - 24 * 60 * 60) < 600, "until the order expires at the authority");
    }

    void goesOnAfterAKillWhileTheAuthorityProcesses()
    {
        World world;
        world.server.setProcessingPolls(3);
        world.server.setRetryAfter(600);
        world.workshop.clock().setSleepsPass(false);
        const auto id = await(world.workshop.engine().orders().place(world.wish(), {}));
        QVERIFY(id);
        // Each wait stands still until the clock is moved: past the polls of the authorization, into those of the
        // order.
        for (int i = 0; i < 20 && world.server.requests(Step::Finalize) == 0; ++i) {
            world.workshop.clock().advance(std::chrono::seconds(600));
            QTest::qWait(50);
        }
        QCOMPARE(world.server.requests(Step::Finalize), 1);
        world.workshop.restart();
        world.workshop.clock().setSleepsPass(true);
        const auto stored = await(world.workshop.engine().orders().details(*id));
        QVERIFY(!lifecycle::isFinished(stored->record.state));
        QVERIFY(await(world.workshop.engine().orders().resume(*id)));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(*id), 60)->state, OrderState::Issued);
        QCOMPARE(world.server.ordersCreated(), 1);
        QCOMPARE(world.server.certificatesIssued(), 1);
    }

    void leavesAnOrderForAHumanToApprove()
    {
        World world;
        world.becomeEjbca();
        world.server.setAwaitsApproval(true);
        const auto order = world.workshop.issue(world.wish());
        QCOMPARE(order->state, OrderState::Finalizing);
        QCOMPARE(order->error->code(), base::ErrorCode::InProgress);
        QVERIFY(order->error->message().contains(u"the request waits for approval"_s));
        QVERIFY(lifecycle::isApprovalPending(order->error));
        QVERIFY(world.onlyRow().awaitsApproval);
        QVERIFY(await(world.workshop.engine().orders().resumeRipe())->ids.isEmpty());

        world.workshop.clock().advance(std::chrono::minutes(6));
        QCOMPARE(await(world.workshop.engine().orders().resumeRipe())->ids, QStringList {order->id});
        QVERIFY(!lifecycle::isFinished(await(world.workshop.engine().orders().waitFor(order->id), 60)->state));

        world.server.setAwaitsApproval(false);
        world.workshop.clock().advance(std::chrono::minutes(6));
        QVERIFY(!await(world.workshop.engine().orders().resumeRipe())->ids.isEmpty());
        QCOMPARE(await(world.workshop.engine().orders().waitFor(order->id), 60)->state, OrderState::Issued);
        QCOMPARE(world.server.ordersCreated(), 1);
        QVERIFY(!world.onlyRow().awaitsApproval);
    }

    void failsWhereAnAuthorityWithoutApprovalsRefusesToFinalize()
    {
        World world;
        world.server.setAwaitsApproval(true);
        const auto order = world.workshop.issue(world.wish());
        QCOMPARE(order->state, OrderState::Failed);
        QVERIFY(order->error->problem()->is(u"unauthorized"));
    }
};

SEALWRIGHT_TEST(TestLongOrders)

} // namespace tst_long_orders

#include "tst_long_orders.moc"
