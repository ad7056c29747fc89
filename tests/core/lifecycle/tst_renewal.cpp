// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificates.h"
#include "lifecycle/lease.h"
#include "lifecycle/renewal_policy.h"
#include "lifecycle/renewal_scheduler.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/workshop.h"

#include <QTest>

using namespace Qt::StringLiterals;
using lifecycle::OrderState;
using support::await;

/// When certificates are renewed, and that it happens once.
class TestRenewal : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            server.setValidation(support::Validation::AlwaysValid);
            server.setCertificateLifetime(std::chrono::hours(24));
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
            first = *workshop.issue(workshop.request(authority.id, {u"host.corp.example"_s}));
        }

        lifecycle::CertificateDetails certificate()
        {
            return *await(workshop.engine().certificates().details(first.request.certificateId));
        }

        /// Until the renewal moment has passed, by the clock of the workshop and of the server.
        void waitUntilDue()
        {
            const QDateTime due = certificate().row.renewAt;
            workshop.clock().advance(std::chrono::milliseconds(workshop.clock().now().msecsTo(due) + 1000));
            server.setNow([this] { return workshop.clock().now(); });
        }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
        lifecycle::OrderRecord first;
    };

private Q_SLOTS:
    void choosesAroundTwoThirdsOrHalfOfTheLifetime_data()
    {
        QTest::addColumn<double>("days");
        QTest::addColumn<double>("share");
        QTest::newRow("90 days") << 90.0 << 2.0 / 3.0;
        QTest::newRow("10 years") << 3650.0 << 2.0 / 3.0;
        QTest::newRow("6 days") << 6.0 << 0.5;
        QTest::newRow("1 hour") << 1.0 / 24 << 0.5;
    }

    void choosesAroundTwoThirdsOrHalfOfTheLifetime()
    {
        QFETCH(double, days);
        QFETCH(double, share);
        const QDateTime from = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
        const qint64 lifetime = qint64(days * 24 * 60 * 60 * 1000);
        const QDateTime until = from.addMSecs(lifetime);
        for (const double chance : {0.0, 0.25, 0.5, 1.0}) {
            const auto decision = lifecycle::chooseRenewal(from, until, chance);
            const double at = double(from.msecsTo(decision.at)) / double(lifetime);
            QVERIFY2(qAbs(at - share) <= 0.021, qPrintable(QString::number(at)));
        }
        QVERIFY(lifecycle::chooseRenewal(from, until, 0.1).at < lifecycle::chooseRenewal(from, until, 0.9).at);
    }

    void nothingIsDueBeforeItsMoment()
    {
        World world;
        const auto sweep = await(world.workshop.engine().renewals().renewDue({}));
        QVERIFY(sweep);
        QVERIFY(sweep->placed.isEmpty());
    }

    void renewsOnceAsANewVersionOfTheSameCertificate()
    {
        World world;
        world.waitUntilDue();
        const auto sweep = await(world.workshop.engine().renewals().renewDue({}));
        QVERIFY(sweep);
        QCOMPARE(sweep->placed.size(), 1);
        QVERIFY(await(world.workshop.engine().renewals().renewDue({}))->placed.isEmpty());
        const auto ended = await(world.workshop.engine().orders().waitFor(sweep->placed.first()), 60);
        QCOMPARE(ended->state, OrderState::Issued);
        QCOMPARE(world.certificate().versions.size(), 2);
        QVERIFY(world.certificate().row.renewAt > world.workshop.clock().now());
        QVERIFY(await(world.workshop.engine().renewals().renewDue({}))->placed.isEmpty());
        QCOMPARE(world.server.certificatesIssued(), 2);
    }

    void leavesToAnotherProcessWhatItRenews()
    {
        World world;
        world.waitUntilDue();
        auto held = world.workshop.storage().leases().acquire(u"certificate:"_s + world.first.request.certificateId);
        QVERIFY(held);
        QVERIFY(await(world.workshop.engine().renewals().renewDue({}))->placed.isEmpty());
    }

    void waitsAFractionOfTheLifetimeAfterAFailedRenewal()
    {
        World world;
        world.waitUntilDue();
        world.server.setBlockedNames({u"host.corp.example"_s});
        const auto sweep = await(world.workshop.engine().renewals().renewDue({}));
        QCOMPARE(sweep->placed.size(), 1);
        QCOMPARE(await(world.workshop.engine().orders().waitFor(sweep->placed.first()), 60)->state, OrderState::Failed);
        QVERIFY(await(world.workshop.engine().renewals().renewDue({}))->placed.isEmpty());
        world.workshop.clock().advance(std::chrono::minutes(30)); // a fiftieth of 24 hours is less
        QCOMPARE(await(world.workshop.engine().renewals().renewDue({}))->placed.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestRenewal)
#include "tst_renewal.moc"
