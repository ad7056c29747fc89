// SPDX-License-Identifier: Apache-2.0
#include "crypto/chain.h"
#include "lifecycle/certificates.h"
#include "lifecycle/renewal_inquiries.h"
#include "lifecycle/renewal_scheduler.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/tls_http_server.h"
#include "support/workshop.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace tst_renewal_information {

using namespace Qt::StringLiterals;
using lifecycle::Lifetime;
using lifecycle::OrderState;
using lifecycle::RenewalInformation;
using lifecycle::RenewalWindow;
using support::await;
using support::Fault;
using support::Step;

namespace {

constexpr qint64 day = 24 * 3600;
constexpr qint64 minute = 60;

const Lifetime ninetyDays {QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC),
                           QDateTime::fromSecsSinceEpoch(1'800'000'000 + 90 * day, Qt::UTC)};

QDateTime onDay(double number)
{
    return ninetyDays.notBefore.addSecs(qint64(number * day));
}

} // namespace

/// When authorities want their certificates renewed (RFC 9773), and what is made of it.
class TestRenewalInformation : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            server.setNow([this] { return workshop.clock().now(); });
            server.setHasRenewalInfo(true);
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
        }

        /// The certificate's id.
        QString issue(const QString& name = u"host.corp.example"_s)
        {
            const auto order = workshop.issue(workshop.request(authority.id, {name}));
            if (!order || order->state != OrderState::Issued)
                qFatal("no certificate: %s", qPrintable(order ? order->error->message() : order.error().message()));
            return order->request.certificateId;
        }

        lifecycle::CertificateDetails certificate(const QString& id)
        {
            return *await(workshop.engine().certificates().details(id));
        }

        /// keyid "." serial, each in base64url without padding (RFC 9773 section 4.1).
        QString identifier(const QString& id, qsizetype version = 0)
        {
            const auto chain = crypto::chainFromPem(certificate(id).versions.at(version).chainPem);
            const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
            return QString::fromLatin1(chain->leaf.authorityKeyId().toBase64(options) + '.'
                                       + chain->leaf.serialDer().toBase64(options));
        }

        int askDue() { return await(workshop.engine().inquiries().askDue({}))->asked; }
        lifecycle::RenewalInquiryRound askAll()
        {
            pass(1); // what was asked about in this very moment is not asked about again
            return *await(workshop.engine().inquiries().askAll({}), 60);
        }
        QStringList renewDue() { return await(workshop.engine().renewals().renewDue({}))->placed; }
        QDateTime now() { return workshop.clock().now(); }
        void pass(qint64 seconds) { workshop.clock().advance(std::chrono::seconds(seconds)); }

        support::Workshop workshop;
        support::AcmeFaultServer server;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void choosesUniformlyInTheWindow()
    {
        const RenewalWindow window {onDay(58), onDay(62)};
        for (const double chance : {0.0, 0.25, 0.5, 1.0}) {
            const auto decision = lifecycle::chooseInWindow(ninetyDays, window, onDay(1), chance);
            QCOMPARE(decision.at, onDay(58 + 4 * chance));
            QVERIFY2(decision.reason.contains(u"in the window"_s), qPrintable(decision.reason));
        }
    }

    void renewsAtOnceWhereTheWindowIsOver()
    {
        const auto decision = lifecycle::chooseInWindow(ninetyDays, {onDay(2), onDay(3)}, onDay(4), 0.5);
        QCOMPARE(decision.at, onDay(4));
    }

    void ignoresWindowsThatMakeNoSense_data()
    {
        QTest::addColumn<double>("start");
        QTest::addColumn<double>("end");
        QTest::addColumn<QString>("why");
        QTest::newRow("begins in the last twentieth") << 86.0 << 88.0 << u"less than a twentieth"_s;
        QTest::newRow("begins after the end") << 100.0 << 101.0 << u"less than a twentieth"_s;
        QTest::newRow("longer than the lifetime") << -10.0 << 85.0 << u"longer than the lifetime"_s;
    }

    void ignoresWindowsThatMakeNoSense()
    {
        QFETCH(double, start);
        QFETCH(double, end);
        QFETCH(QString, why);
        const auto decision = lifecycle::chooseInWindow(ninetyDays, {onDay(start), onDay(end)}, onDay(1), 0.5);
        QVERIFY(!decision.at.isValid());
        QVERIFY2(decision.reason.contains(why), qPrintable(decision.reason));
    }

    void leavesTheLastTwentiethOfAWindow()
    {
        const RenewalWindow window {onDay(80), onDay(89)};
        QCOMPARE(lifecycle::chooseInWindow(ninetyDays, window, onDay(1), 1.0).at, onDay(85.5));
    }

    void choosesOnceForEachWindow()
    {
        RenewalInformation information;
        information.lifetimeRule = {onDay(60), u"two thirds"_s};
        const RenewalWindow window {onDay(50), onDay(52)};
        const auto first = information.answered(window, QUrl(), ninetyDays, onDay(1), 0.25);
        QVERIFY(first);
        QCOMPARE(first->at, onDay(50.5));
        QVERIFY(!information.answered(window, QUrl(), ninetyDays, onDay(2), 0.75));
        QCOMPARE(information.chosenAt, onDay(50.5));
        const auto moved = information.answered({onDay(40), onDay(42)}, QUrl(), ninetyDays, onDay(3), 0.75);
        QCOMPARE(moved->at, onDay(41.5));
        const auto late = information.answered({onDay(89), onDay(90)}, QUrl(), ninetyDays, onDay(4), 0.75);
        QCOMPARE(late->at, onDay(60));
        QVERIFY2(late->reason.startsWith(u"two thirds; "_s), qPrintable(late->reason));
    }

    void asksAgainWhenTheAuthoritySaid_data()
    {
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<qint64>("wait");
        QTest::newRow("six hours") << QByteArray("21600") << qint64(6 * 3600);
        QTest::newRow("at least a minute") << QByteArray("3") << minute;
        QTest::newRow("at most a day") << QByteArray("9999999") << day;
        QTest::newRow("not said") << QByteArray() << qint64(6 * 3600);
        QTest::newRow("garbage") << QByteArray("soon") << qint64(6 * 3600);
    }

    void asksAgainWhenTheAuthoritySaid()
    {
        QFETCH(QByteArray, retryAfter);
        QFETCH(qint64, wait);
        World world;
        world.server.setRenewalInfoRetryAfter(retryAfter);
        const QString id = world.issue();
        QCOMPARE(world.server.renewalInfoAsked(), QStringList(world.identifier(id)));
        const qint64 planned = world.now().secsTo(world.certificate(id).renewal->askAt);
        QVERIFY2(qAbs(planned - wait) <= 2, qPrintable(QString::number(planned)));
        QCOMPARE(world.askDue(), 0);
        world.pass(wait + 1);
        QCOMPARE(world.askDue(), 1);
        QCOMPARE(world.server.renewalInfoAsked().size(), 2);
    }

    void asksInAFractionOfAShortLifetimeWhereNothingWasSaid()
    {
        World world;
        world.server.setCertificateLifetime(std::chrono::hours(9)); // and one hour is backdated
        world.server.setRenewalInfoRetryAfter({});
        const QString id = world.issue();
        const qint64 planned = world.now().secsTo(world.certificate(id).renewal->askAt);
        QVERIFY2(qAbs(planned - 3600) <= 2, qPrintable(QString::number(planned)));
    }

    void plansTheRenewalInTheWindow()
    {
        World world;
        const RenewalWindow window {world.now().addDays(20), world.now().addDays(21)};
        const QUrl page(u"https://ca.test/why"_s);
        world.server.setRenewalWindow(window.start, window.end, page);
        const auto details = world.certificate(world.issue());
        QVERIFY(details.row.renewAt >= window.start && details.row.renewAt <= window.end);
        QVERIFY2(details.row.renewalReason.contains(u"window"_s), qPrintable(details.row.renewalReason));
        QCOMPARE(details.renewal->chosenAt, details.row.renewAt);
        QCOMPARE(details.renewal->window->start.toSecsSinceEpoch(), window.start.toSecsSinceEpoch());
        QCOMPARE(details.renewal->explanationUrl, page);
        QVERIFY(!details.renewal->failure);
    }

    void keepsTheChosenMomentAndTheMomentToAskOverARestart()
    {
        World world;
        const QString id = world.issue();
        const auto before = world.certificate(id);
        world.workshop.restart();
        QCOMPARE(world.askDue(), 0);
        QCOMPARE(world.askAll().asked, 1);
        QCOMPARE(world.certificate(id).row.renewAt, before.row.renewAt);
        world.server.setRenewalWindow(world.now().addDays(1), world.now().addDays(2));
        QCOMPARE(world.askAll().asked, 1);
        QVERIFY(world.certificate(id).row.renewAt < before.row.renewAt);
    }

    void renewsAtOnceOnceAndNotAgainAndAgain()
    {
        World world;
        const QString id = world.issue();
        QVERIFY(world.renewDue().isEmpty());
        world.server.setRenewalWindow(world.now().addDays(-2), world.now().addDays(-1));
        QCOMPARE(world.askAll().asked, 1);
        const QStringList placed = world.renewDue();
        QCOMPARE(placed.size(), 1);
        QCOMPARE(await(world.workshop.engine().orders().waitFor(placed.first()), 60)->state, OrderState::Issued);
        QCOMPARE(world.certificate(id).versions.size(), 2);
        // The new one's window is over too: a server that is wrong must not be fed with orders.
        QVERIFY(world.renewDue().isEmpty());
        QVERIFY(world.certificate(id).row.renewAt > world.now().addSecs(3600));
        QVERIFY(world.certificate(id).row.renewAt <= world.now().addDays(1));
    }

    void leavesTheLifetimeRuleWhereTheAnswerIsNone_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("ends before it begins")
            << QByteArray(R"({"suggestedWindow": {"start": "2027-03-02T00:00:00Z", "end": "2027-03-01T00:00:00Z"}})");
        QTest::newRow("ends as it begins")
            << QByteArray(R"({"suggestedWindow": {"start": "2027-03-01T00:00:00Z", "end": "2027-03-01T00:00:00Z"}})");
        QTest::newRow("no end") << QByteArray(R"({"suggestedWindow": {"start": "2027-03-01T00:00:00Z"}})");
        QTest::newRow("words") << QByteArray(R"({"suggestedWindow": {"start": "soon", "end": "later"}})");
        QTest::newRow("no window") << QByteArray("{}");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("no JSON") << QByteArray("<html>soon</html>");
    }

    void leavesTheLifetimeRuleWhereTheAnswerIsNone()
    {
        QFETCH(QByteArray, body);
        World world;
        world.server.setRenewalInfoBody(body);
        world.server.setRenewalInfoRetryAfter("1200");
        const auto details = world.certificate(world.issue());
        QVERIFY2(details.row.renewalReason.contains(u"two thirds"_s), qPrintable(details.row.renewalReason));
        QVERIFY(details.renewal->failure);
        QVERIFY(!details.renewal->window);
        const qint64 planned = world.now().secsTo(details.renewal->askAt);
        QVERIFY2(planned > 1100 && planned <= 1200, qPrintable(QString::number(planned)));
    }

    void keepsTheLastGoodWindowWhereTheNextAnswerIsNone()
    {
        World world;
        const QString id = world.issue();
        const auto before = world.certificate(id);
        world.server.setRenewalInfoBody("{}");
        QCOMPARE(world.askAll().failed.size(), 1);
        const auto after = world.certificate(id);
        QCOMPARE(after.row.renewAt, before.row.renewAt);
        QVERIFY(after.renewal->window == before.renewal->window);
        QVERIFY(after.renewal->failure);
    }

    void doesNotAskAboutWhatIsExpired()
    {
        World world;
        world.issue();
        world.pass(91 * day);
        QCOMPARE(world.askAll().asked, 0);
        QCOMPARE(world.askDue(), 0);
    }

    void doesNotAskAboutWhatIsRevoked()
    {
        World world;
        lifecycle::RevokeRequest revocation;
        revocation.certificateId = world.issue();
        QVERIFY(await(world.workshop.engine().certificates().revoke(revocation, {})));
        world.pass(day);
        QCOMPARE(world.askAll().asked, 0);
        QCOMPARE(world.askDue(), 0);
    }

    void doesNotAskAboutWhatIsReplaced()
    {
        World world;
        const QString id = world.issue();
        const auto placed = await(world.workshop.engine().renewals().renew(id, {}));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(*placed), 60)->state, OrderState::Issued);
        world.pass(day);
        QCOMPARE(world.askDue(), 1);
        QCOMPARE(world.server.renewalInfoAsked(),
                 QStringList({world.identifier(id, 1), world.identifier(id, 0), world.identifier(id, 0)}));
    }

    void asksTheAuthorityThatIssuedTheCertificate()
    {
        World world;
        const QString id = world.issue();
        support::AcmeFaultServer other;
        other.setHasRenewalInfo(true);
        const auto authority = world.workshop.addAuthority(other.directoryUrl(), other.tlsRootPem(), u"Other CA"_s);
        auto request = world.certificate(id).certificate.request;
        request.authorityId = authority.id;
        QVERIFY(await(world.workshop.storage().certificates().updateRequest(id, request)));
        QCOMPARE(world.askAll().asked, 1);
        QCOMPARE(world.server.renewalInfoAsked().size(), 2);
        QVERIFY(other.renewalInfoAsked().isEmpty());
    }

    void looksOnceADayWhetherAnAuthorityBeganToOffer()
    {
        World world;
        world.server.setHasRenewalInfo(false);
        QVERIFY(await(world.workshop.engine().authorities().refresh(world.authority.id, {})));
        const QString id = world.issue();
        QVERIFY(world.certificate(id).row.renewalReason.contains(u"two thirds"_s));
        const int before = world.server.requests(Step::Directory);
        QCOMPARE(world.askDue(), 0);
        QCOMPARE(world.server.requests(Step::Directory), before);
        world.server.setHasRenewalInfo(true);
        world.pass(day + minute);
        QCOMPARE(world.askDue(), 1);
        QVERIFY(world.certificate(id).renewal->window);
    }

    void followsAnAuthorityThatMovedItsRenewalInformation()
    {
        World world;
        const auto at = [&world](const QByteArray& path) {
            world.server.setManner([path](Step step, support::ServedAnswer& answer) {
                if (step == Step::Directory)
                    answer.body.replace("/renewal-info", path);
            });
        };
        at("/gone");
        QVERIFY(await(world.workshop.engine().authorities().refresh(world.authority.id, {})));
        const QString id = world.issue();
        QVERIFY(world.certificate(id).renewal->failure);
        at("/renewal-info/v2");
        QCOMPARE(world.askAll().asked, 1);
        QVERIFY(world.certificate(id).renewal->window);
        QVERIFY(!world.certificate(id).renewal->failure);
    }

    void asksAFewAtATime()
    {
        World world;
        world.server.setReuseAuthorizations(true);
        for (int number = 0; number < 12; ++number)
            world.issue();
        world.pass(1);
        const int before = world.server.requests(Step::RenewalInfo);
        world.server.failNext(Step::RenewalInfo, Fault::Hang, 100);
        std::stop_source stop;
        auto asking = world.workshop.engine().inquiries().askAll(stop.get_token());
        QTRY_COMPARE(world.server.requests(Step::RenewalInfo), before + 4);
        for (int turn = 0; turn < 20; ++turn)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        stop.request_stop();
        QVERIFY(await(std::move(asking)));
        QCOMPARE(world.server.requests(Step::RenewalInfo), before + 4);
    }

    void leavesAnAuthorityAloneThatDoesNotAnswer_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<qint64>("silence");
        QTest::newRow("no connection") << int(Fault::ResetBeforeProcessing) << qint64(10 * minute);
        QTest::newRow("too many requests") << int(Fault::RateLimitedSeconds) << minute;
    }

    void leavesAnAuthorityAloneThatDoesNotAnswer()
    {
        QFETCH(int, fault);
        QFETCH(qint64, silence);
        World world;
        const QString id = world.issue();
        world.pass(7 * 3600);
        world.server.failNext(Step::RenewalInfo, Fault(fault), 100);
        QCOMPARE(await(world.workshop.engine().inquiries().askDue({}))->failed.size(), 1);
        QVERIFY(world.certificate(id).renewal->failure);
        world.server.clearFaults();
        const int before = world.server.requests(Step::RenewalInfo);
        world.workshop.restart();
        QCOMPARE(world.askDue(), 0);
        QCOMPARE(world.server.requests(Step::RenewalInfo), before);
        world.pass(silence + 1);
        QCOMPARE(world.askDue(), 1);
        QVERIFY(!world.certificate(id).renewal->failure);
    }

    void leavesToAnotherProcessWhatItAsks()
    {
        World world;
        world.issue();
        world.pass(7 * 3600);
        auto held = world.workshop.storage().leases().acquire(u"renewal-information:"_s + world.authority.id);
        QVERIFY(held);
        QCOMPARE(world.askDue(), 0);
        held->reset();
        QCOMPARE(world.askDue(), 1);
    }

    void issuesThoughTheAuthorityNeverAnswersAboutRenewal()
    {
        World world;
        world.server.failNext(Step::RenewalInfo, Fault::InternalErrorHtml, 100);
        const auto details = world.certificate(world.issue());
        QVERIFY(details.renewal->failure);
        QVERIFY(details.row.renewAt > world.now());
    }

    void keepsTheWaitAfterAFailedRenewalThoughTheWindowMoves()
    {
        World world;
        const QString id = world.issue();
        world.server.setRenewalWindow(world.now().addDays(-2), world.now().addDays(-1));
        world.askAll();
        world.server.setBlockedNames({u"host.corp.example"_s});
        const QStringList placed = world.renewDue();
        QCOMPARE(await(world.workshop.engine().orders().waitFor(placed.value(0)), 60)->state, OrderState::Failed);
        const QDateTime retry = world.certificate(id).row.renewAt;
        QVERIFY(retry > world.now());
        world.server.setRenewalWindow(world.now().addDays(-4), world.now().addDays(-3));
        QCOMPARE(world.askAll().asked, 1);
        QCOMPARE(world.certificate(id).row.renewAt, retry);
    }

    void staggersWhatBecameDueDuringALongSleep()
    {
        World world;
        world.server.setReuseAuthorizations(true);
        world.server.setHasRenewalInfo(false);
        QVERIFY(await(world.workshop.engine().authorities().refresh(world.authority.id, {})));
        for (int number = 0; number < 52; ++number)
            world.issue();
        world.pass(80 * day);
        QCOMPARE(world.renewDue().size(), 50);
        QCOMPARE(world.renewDue().size(), 2);
    }
};

SEALWRIGHT_TEST(TestRenewalInformation)

} // namespace tst_renewal_information

#include "tst_renewal_information.moc"
