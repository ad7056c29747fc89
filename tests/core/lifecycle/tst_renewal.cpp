// SPDX-License-Identifier: Apache-2.0
#include "crypto/chain.h"
#include "lifecycle/certificates.h"
#include "lifecycle/lease.h"
#include "lifecycle/renewal_policy.h"
#include "lifecycle/renewal_scheduler.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTcpServer>
#include <QTest>

namespace tst_renewal {

using namespace Qt::StringLiterals;
using lifecycle::OrderState;
using support::await;

/// When certificates are renewed, and that it happens once.
class TestRenewal : public QObject {
    Q_OBJECT

    struct World {
        explicit World(bool renewalInfo = false)
        {
            server.setHasRenewalInfo(renewalInfo);
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

        OrderState renew()
        {
            waitUntilDue();
            const auto sweep = await(workshop.engine().renewals().renewDue({}));
            return await(workshop.engine().orders().waitFor(sweep->placed.value(0)), 60)->state;
        }

        /// keyid "." serial, each in base64url without padding (RFC 9773 section 4.1).
        QString identifier()
        {
            const auto chain = crypto::chainFromPem(certificate().versions.last().chainPem);
            const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
            return QString::fromLatin1(chain->leaf.authorityKeyId().toBase64(options) + '.'
                                       + chain->leaf.serialDer().toBase64(options));
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

    void plansNoRenewalOfWhatWasJustIssuedHoweverFarItIsBackdated()
    {
        World world;
        world.server.setNow([&world] { return world.workshop.clock().now(); });
        world.server.setCertificateLifetime(std::chrono::minutes(30)); // and one hour is backdated
        const auto order = world.workshop.issue(world.workshop.request(world.authority.id, {u"a.corp.example"_s}));
        const auto details = await(world.workshop.engine().certificates().details(order->request.certificateId));
        const qint64 wait = world.workshop.clock().now().secsTo(details->row.renewAt);
        QVERIFY2(wait > 13 * 60 && wait < 17 * 60, QByteArray::number(wait));
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

    void waitsAFractionOfTheLifetimeAfterACancelledRenewal()
    {
        World world;
        world.waitUntilDue();
        world.server.failNext(support::Step::NewOrder, support::Fault::InternalErrorHtml, 200);
        const auto placed = await(world.workshop.engine().renewals().renewDue({}))->placed;
        QCOMPARE(placed.size(), 1);
        await(world.workshop.engine().orders().waitFor(placed.first()), 60);
        QVERIFY(await(world.workshop.engine().orders().cancel(placed.first())));
        QVERIFY(await(world.workshop.engine().renewals().renewDue({}))->placed.isEmpty());
        QVERIFY(world.certificate().row.renewAt > world.workshop.clock().now());
        QCOMPARE(world.certificate().row.renewalReason, u"the last try was cancelled"_s);
        world.server.clearFaults();
        QCOMPARE(world.renew(), OrderState::Issued);
    }

    /// Else those that cannot begin would be tried each minute, and keep others from being renewed.
    void waitsAFractionOfTheLifetimeAfterARenewalThatCouldNotBegin()
    {
        World world;
        world.waitUntilDue();
        QTcpServer occupant;
        QVERIFY(occupant.listen(QHostAddress::LocalHost, world.workshop.responderPort()));
        const auto sweep = await(world.workshop.engine().renewals().renewDue({}));
        QVERIFY(sweep->placed.isEmpty());
        QCOMPARE(sweep->failed.size(), 1);
        QVERIFY(await(world.workshop.engine().renewals().renewDue({}))->failed.isEmpty());
        QVERIFY(world.certificate().row.renewAt > world.workshop.clock().now());
        const auto events = await(world.workshop.engine().events().page({}));
        QCOMPARE(events->first().action, u"certificate.renew"_s);
        occupant.close();
        QCOMPARE(world.renew(), OrderState::Issued);
    }

    void saysWhichCertificateItReplaces()
    {
        World world(true);
        QCOMPARE(world.renew(), OrderState::Issued);
        QCOMPARE(world.server.replaced(), QStringList({QString(), world.identifier()}));
    }

    void saysNothingToAnAuthorityWithoutRenewalInfo()
    {
        World world;
        QCOMPARE(world.renew(), OrderState::Issued);
        QCOMPARE(world.server.replaced(), QStringList({QString(), QString()}));
    }

    void saysNothingToAnAuthorityThatDidNotIssueTheCertificate()
    {
        World world(true);
        support::AcmeFaultServer other;
        other.setHasRenewalInfo(true);
        other.setValidation(support::Validation::AlwaysValid);
        const auto authority = world.workshop.addAuthority(other.directoryUrl(), other.tlsRootPem(), u"Other CA"_s);
        world.workshop.registerAccount(authority.id);
        auto request = world.workshop.request(authority.id, {u"host.corp.example"_s});
        request.certificateId = world.first.request.certificateId;
        const auto order = world.workshop.issue(request);
        QVERIFY(order);
        QCOMPARE(order->state, OrderState::Issued);
        QCOMPARE(other.replaced(), QStringList({QString()}));
    }

    void ordersWithoutReplacingWhereThatIsRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("detail");
        QTest::newRow("alreadyReplaced") << 400 << u"alreadyReplaced"_s << u"there is a newer one"_s;
        QTest::newRow("conflict") << 400 << u"conflict"_s << u"there is a newer one"_s;
        QTest::newRow("409") << 409 << u"malformed"_s << u"there is a newer one"_s;
        QTest::newRow("malformed") << 400 << u"malformed"_s << u"the field replaces is unknown"_s;
        QTest::newRow("401") << 401 << u"unauthorized"_s << u"Replaces: no such certificate"_s;
        QTest::newRow("500") << 500 << u"serverInternal"_s << u"looking up the replaced certificate"_s;
    }

    void ordersWithoutReplacingWhereThatIsRefused()
    {
        QFETCH(int, status);
        QFETCH(QString, type);
        QFETCH(QString, detail);
        World world(true);
        world.server.setReplacesRefusal(
            {{u"type"_s, u"urn:ietf:params:acme:error:"_s + type}, {u"detail"_s, detail}, {u"status"_s, status}});
        QCOMPARE(world.renew(), OrderState::Issued);
        QCOMPARE(world.server.replaced(), QStringList({QString(), world.identifier(), QString()}));
    }

    void ordersWithoutReplacingWhereTheServerFailsAgain()
    {
        World world(true);
        world.server.setReplacesRefusal({{u"type"_s, u"urn:ietf:params:acme:error:serverInternal"_s},
                                         {u"detail"_s, u"could not find an order for the given certificate"_s},
                                         {u"status"_s, 500}});
        QCOMPARE(world.renew(), OrderState::Issued);
        QCOMPARE(world.server.replaced(), QStringList({QString(), world.identifier(), world.identifier(), QString()}));
    }

    void failsWhereSomethingElseIsRefused()
    {
        World world(true);
        world.server.setReplacesRefusal(
            {{u"type"_s, u"urn:ietf:params:acme:error:malformed"_s}, {u"detail"_s, u"no"_s}, {u"status"_s, 400}});
        QCOMPARE(world.renew(), OrderState::Failed);
        QCOMPARE(world.server.replaced(), QStringList({QString(), world.identifier()}));
    }

    void keepsTheProfileThatTheAuthorityChose()
    {
        World world;
        world.server.setProfiles({u"classic"_s, u"short"_s});
        QCOMPARE(world.workshop.issue(world.workshop.request(world.authority.id, {u"a.corp.example"_s}))->profile,
                 u"classic"_s);
        auto request = world.workshop.request(world.authority.id, {u"b.corp.example"_s});
        request.profile = u"short"_s;
        QCOMPARE(world.workshop.issue(request)->profile, u"short"_s);
    }

    void namesTheProfileAsWhatWasRefused()
    {
        World world;
        world.server.setProfiles({u"classic"_s});
        auto request = world.workshop.request(world.authority.id, {u"a.corp.example"_s});
        request.profile = u"gone"_s;
        const auto order = world.workshop.issue(request);
        QVERIFY(order);
        QCOMPARE(order->state, OrderState::Failed);
        QCOMPARE(order->error->field(), u"profile"_s);
        QVERIFY(order->error->problem()->is(u"invalidProfile"));
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

SEALWRIGHT_TEST(TestRenewal)

} // namespace tst_renewal

#include "tst_renewal.moc"
