// SPDX-License-Identifier: Apache-2.0
#include "crypto/chain.h"
#include "lifecycle/certificates.h"
#include "lifecycle/change_feed.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/tls_http_server.h"
#include "support/workshop.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTcpServer>
#include <QTest>

namespace tst_issuance {

using namespace Qt::StringLiterals;
using lifecycle::OrderEvent;
using lifecycle::OrderState;
using support::await;
using support::Fault;
using support::Step;

/// The order flow against a server that issues real certificates and goes wrong on request.
class TestIssuance : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            server.setHttp01Port(workshop.responderPort());
            server.setValidation(support::Validation::Http01);
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
        }

        lifecycle::OrderRecord issue(const QStringList& names = {u"host.corp.example"_s})
        {
            const auto record = workshop.issue(workshop.request(authority.id, names));
            if (!record)
                qFatal("%s", qPrintable(record.error().message()));
            return *record;
        }

        QList<OrderEvent> history(const QString& id) { return await(workshop.engine().orders().details(id))->events; }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void asksOnlyWhatTheProtocolNeeds()
    {
        World world;
        world.server.setValidation(support::Validation::AlwaysValid);
        world.server.setProcessingPolls(0);
        const int before = total(world.server);
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Issued);
        // newOrder, authorization, challenge, authorization, finalize (valid at once), certificate
        QCOMPARE(total(world.server) - before, 6);
    }

    void keepsTheChainThatBelongsToTheKeyAndTheNames()
    {
        World world;
        const QStringList names {u"b.corp.example"_s, u"a.corp.example"_s, u"192.0.2.7"_s};
        const auto order = world.issue(names);
        QCOMPARE(order.state, OrderState::Issued);
        const auto details = await(world.workshop.engine().certificates().details(order.request.certificateId));
        QVERIFY(details);
        QCOMPARE(details->versions.size(), 1);
        const auto chain = crypto::chainFromPem(details->versions.first().chainPem);
        QVERIFY(chain);
        QCOMPARE(chain->leaf.publicKey()->spkiDer(), world.server.certificateKeys().last());
        const QStringList stored = details->versions.first().names;
        QCOMPARE(QSet<QString>(stored.begin(), stored.end()), QSet<QString>(names.begin(), names.end()));
    }

    void tellsEveryStepInItsHistory()
    {
        World world;
        const auto order = world.issue();
        QSet<QString> subjects;
        QString token;
        for (const OrderEvent& event : world.history(order.id)) {
            subjects.insert(lifecycle::orderSubjectName(event.subject));
            token += event.token;
        }
        for (const auto& subject : {u"order"_s, u"authorization"_s, u"challenge"_s, u"finalize"_s, u"download"_s})
            QVERIFY2(subjects.contains(subject), qPrintable(subject));
        QVERIFY(!token.isEmpty());
    }

    void skipsChallengesOfValidAuthorizations()
    {
        World world;
        world.server.setReuseAuthorizations(true);
        world.issue();
        const int answered = world.server.challengesAnswered();
        QCOMPARE(world.issue().state, OrderState::Issued);
        QCOMPARE(world.server.challengesAnswered(), answered);
    }

    void survives_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("fault");
        const QList<QPair<Step, const char*>> steps {
            {Step::NewOrder, "newOrder"},   {Step::Authorization, "authorization"},
            {Step::Challenge, "challenge"}, {Step::Finalize, "finalize"},
            {Step::Order, "order"},         {Step::Certificate, "certificate"}};
        const QList<QPair<Fault, const char*>> faults {{Fault::ResetBeforeProcessing, "connection reset before"},
                                                       {Fault::ResetAfterProcessing, "connection reset after"},
                                                       {Fault::DeliveredTwice, "delivered twice"},
                                                       {Fault::BadNonce, "bad nonce"},
                                                       {Fault::MuteBadNonce, "bad nonce as HTML"},
                                                       {Fault::InternalErrorHtml, "500 HTML"},
                                                       {Fault::RateLimitedSeconds, "429 seconds"},
                                                       {Fault::RateLimitedDate, "429 date"},
                                                       {Fault::TruncatedJson, "truncated JSON"},
                                                       {Fault::CutBody, "cut body"},
                                                       {Fault::MissingLocation, "no Location"},
                                                       {Fault::MissingNonce, "no nonce"},
                                                       {Fault::RelativeUrls, "relative URLs"},
                                                       {Fault::UnknownStatus, "unknown status"},
                                                       {Fault::HugeBody, "100 MB"},
                                                       {Fault::RedirectToHttp, "redirect to http"}};
        for (const auto& [step, stepName] : steps)
            for (const auto& [fault, faultName] : faults)
                QTest::addRow("%s: %s", stepName, faultName) << int(step) << int(fault);
    }

    /// Whatever goes wrong once, one order with one key leads to the certificate, at the latest after a resume.
    void survives()
    {
        QFETCH(int, step);
        QFETCH(int, fault);
        World world;
        world.server.failNext(Step(step), Fault(fault));
        auto order = world.issue();
        if (order.state != OrderState::Issued) {
            QVERIFY(order.error);
            QVERIFY2(!order.error->detail().isEmpty(), "an ended order says why");
            QVERIFY2(!lifecycle::isFinished(order.state), qPrintable(order.error->message()));
            QVERIFY(await(world.workshop.engine().orders().resume(order.id)));
            order = *await(world.workshop.engine().orders().waitFor(order.id), 60);
        }
        QVERIFY2(order.state == OrderState::Issued, qPrintable(order.error ? order.error->message() : QString()));
        QCOMPARE(world.server.ordersCreated(), 1);
        QCOMPARE(world.server.accountsCreated(), 1);
        const QList<QByteArray> keys = world.server.certificateKeys();
        QCOMPARE(QSet<QByteArray>(keys.begin(), keys.end()).size(), 1);
    }

    void resumesTheSameOrderWithTheSameKeyAfterARestart()
    {
        World world;
        world.server.failNext(Step::Certificate, Fault::InternalErrorHtml, 200);
        auto order = world.issue();
        QVERIFY(!lifecycle::isFinished(order.state));
        world.workshop.restart();
        world.server.clearFaults();
        const auto resumed = await(world.workshop.engine().orders().resumeInterrupted());
        QVERIFY(resumed);
        QCOMPARE(resumed->ids, QStringList {order.id});
        const auto ended = await(world.workshop.engine().orders().waitFor(order.id), 60);
        QCOMPARE(ended->state, OrderState::Issued);
        QCOMPARE(ended->url, order.url);
        QCOMPARE(world.server.ordersCreated(), 1);
        QCOMPARE(world.server.certificatesIssued(), 1);
    }

    void downloadsWhatWasProvedWhereItCouldNotBeProvedAgain()
    {
        World world;
        world.server.failNext(Step::Certificate, Fault::InternalErrorHtml, 200);
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Downloading);
        world.server.clearFaults();
        QTcpServer occupant;
        QVERIFY(occupant.listen(QHostAddress::LocalHost, world.workshop.responderPort()));
        QVERIFY(await(world.workshop.engine().orders().resume(order.id)));
        const auto ended = await(world.workshop.engine().orders().waitFor(order.id), 60);
        QVERIFY2(ended->state == OrderState::Issued,
                 qPrintable(ended->error ? ended->error->message() : lifecycle::orderStateName(ended->state)));
    }

    void goesOnAfterSomethingElseAnsweredInPlaceOfTheDirectory()
    {
        World world;
        world.server.failNext(Step::Certificate, Fault::InternalErrorHtml, 200);
        const auto order = world.issue();
        world.server.clearFaults();
        world.workshop.restart(); // so that the directory is read again
        world.server.setManner([](Step step, support::ServedAnswer& answer) {
            if (step == Step::Directory)
                answer.body = "<html>Back soon</html>";
        });
        QVERIFY(await(world.workshop.engine().orders().resume(order.id)));
        const auto waiting = await(world.workshop.engine().orders().waitFor(order.id), 60);
        QCOMPARE(waiting->state, OrderState::Downloading);
        QVERIFY(waiting->error->message().contains(u"is no ACME directory"_s));
        world.server.setManner({});
        QVERIFY(await(world.workshop.engine().orders().resume(order.id)));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(order.id), 60)->state, OrderState::Issued);
    }

    void endsWhereTheCertificateIsNotTheOneThatWasOrdered()
    {
        World world;
        const auto other = world.issue({u"other.corp.example"_s});
        const auto details = await(world.workshop.engine().certificates().details(other.request.certificateId));
        world.server.setManner([chain = details->versions.first().chainPem](Step step, support::ServedAnswer& answer) {
            if (step == Step::Certificate)
                answer.body = chain;
        });
        const int before = world.server.requests(Step::Certificate);
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY2(order.error->message().contains(u"another key"_s), qPrintable(order.error->message()));
        QVERIFY(world.server.requests(Step::Certificate) - before < 10);
    }

    void stopsAskingAServerThatRefusesEveryNonce()
    {
        World world;
        world.server.failNext(Step::NewOrder, Fault::BadNonce, 100'000);
        const auto order = world.issue();
        QVERIFY(!lifecycle::isFinished(order.state));
        QVERIFY(order.error->problem()->is(u"badNonce"));
        const int tries = world.server.requests(Step::NewOrder);
        QVERIFY2(tries < 150, QByteArray::number(tries));
        world.server.clearFaults();
        QVERIFY(await(world.workshop.engine().orders().resume(order.id)));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(order.id), 60)->state, OrderState::Issued);
    }

    void runsNoOrderThatIsStillBeingPlacedAtTheEnd()
    {
        World world;
        auto request = world.workshop.request(world.authority.id, {u"host.corp.example"_s});
        request.keyType = crypto::KeyType::Rsa4096;
        auto placing = world.workshop.engine().orders().place(request, {});
        await(world.workshop.engine().orders().drain());
        const auto id = await(std::move(placing), 120);
        QVERIFY(id);
        const auto stopped = await(world.workshop.engine().orders().waitFor(*id));
        QVERIFY(!lifecycle::isFinished(stopped->state));
        QCOMPARE(world.server.ordersCreated(), 0);
        world.workshop.restart();
        QCOMPARE(await(world.workshop.engine().orders().resumeInterrupted())->ids, QStringList(*id));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(*id), 60)->state, OrderState::Issued);
    }

    void resumesTheOthersWhereOneCannotBeResumed()
    {
        World world;
        auto broken = world.issue({u"a.corp.example"_s});
        broken.id = u"broken"_s;
        broken.state = OrderState::Prepared;
        QVERIFY(await(world.workshop.storage().orders().insert(broken, "no sealed key", std::nullopt)));
        world.server.failNext(Step::NewOrder, Fault::InternalErrorHtml, 200);
        const auto second = world.issue({u"b.corp.example"_s});
        world.server.clearFaults();
        const auto resumed = await(world.workshop.engine().orders().resumeInterrupted());
        QVERIFY(resumed);
        QCOMPARE(resumed->ids, QStringList(second.id));
        QCOMPARE(resumed->failed.size(), 1);
        QVERIFY2(resumed->failed.first().contains(u"order broken: "_s), qPrintable(resumed->failed.first()));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(second.id), 60)->state, OrderState::Issued);
    }

    void cleansUpLaterWhatCouldNotBeCleanedUp()
    {
        World world;
        world.server.setValidation(support::Validation::AlwaysValid);
        auto request = world.workshop.request(world.authority.id, {u"host.corp.example"_s});
        QDir answers(world.workshop.folder() + u"/www/.well-known/acme-challenge"_s);
        QVERIFY(answers.mkpath(u"left/inside"_s)); // no file, so that nothing removes it
        QVERIFY(QFile(answers.filePath(u"later"_s)).open(QIODevice::WriteOnly));
        request.proof.listenAddress.clear();
        request.proof.webroot = world.workshop.folder() + u"/www"_s;
        auto& orders = world.workshop.storage().orders();
        QStringList ids;
        for (const QString& token : {u"left"_s, u"later"_s}) {
            const auto order = world.workshop.issue(request);
            QVERIFY(order);
            QCOMPARE(order->state, OrderState::Issued);
            const QJsonObject what {{u"webroot"_s, request.proof.webroot}, {u"token"_s, token}};
            QVERIFY(await(orders.insertPlacements({{token, order->id, request.proof, what}})));
            ids += order->id;
            world.workshop.clock().advance(std::chrono::seconds(1));
        }
        await(world.workshop.engine().orders().removeLeftBehind({}));
        QCOMPARE(await(orders.placements(ids[0]))->size(), 1);
        QVERIFY2(answers.exists(u"later"_s), "what fails once is not tried for each order");

        QVERIFY(QDir(answers.filePath(u"left"_s)).removeRecursively());
        QVERIFY(QFile(answers.filePath(u"left"_s)).open(QIODevice::WriteOnly));
        await(world.workshop.engine().orders().removeLeftBehind({}));
        QVERIFY(!answers.exists(u"left"_s));
        QVERIFY(!answers.exists(u"later"_s));
        for (const QString& id : std::as_const(ids)) {
            QVERIFY(await(orders.placements(id))->isEmpty());
            QCOMPARE(world.history(id).last().state, u"cleaned up"_s);
        }
        QVERIFY(await(orders.endedWithPlacements())->isEmpty());
    }

    void resumesUnaskedOnlyWhenTheTimeHasCome()
    {
        World world;
        world.server.failNext(Step::NewOrder, Fault::InternalErrorHtml, 200);
        const auto order = world.issue();
        QVERIFY(!lifecycle::isFinished(order.state));
        world.server.clearFaults();
        QVERIFY(await(world.workshop.engine().orders().resumeRipe())->ids.isEmpty());
        world.workshop.clock().advance(std::chrono::minutes(6));
        QCOMPARE(await(world.workshop.engine().orders().resumeRipe())->ids, QStringList {order.id});
        QCOMPARE(await(world.workshop.engine().orders().waitFor(order.id), 60)->state, OrderState::Issued);
    }

    void forgetsWhatInterruptedItWhileItRunsAgain()
    {
        World world;
        world.server.failNext(Step::NewOrder, Fault::InternalErrorHtml, 200);
        const auto order = world.issue();
        auto& stored = world.workshop.storage().orders();
        QVERIFY(await(stored.byId(order.id))->error);
        world.server.clearFaults();
        world.server.failNext(Step::NewOrder, Fault::Hang);
        const int before = world.server.requests(Step::NewOrder);
        QVERIFY(await(world.workshop.engine().orders().resume(order.id)));
        QTRY_VERIFY(world.server.requests(Step::NewOrder) > before);
        QVERIFY(!await(stored.byId(order.id))->error);
        QVERIFY(await(world.workshop.engine().orders().cancel(order.id)));
    }

    void readsTheErrorOfAChallengeThatStaysPending()
    {
        World world;
        world.server.setValidation(support::Validation::PendingWithError);
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY(order.error->problem());
    }

    void saysForEachNameWhatTheAuthorityRefused()
    {
        World world;
        world.server.setBlockedNames({u"bad.corp.example"_s});
        const auto order = world.issue({u"good.corp.example"_s, u"bad.corp.example"_s});
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY(order.error->problem()->is(u"rejectedIdentifier"));
        QCOMPARE(order.error->problem()->subproblems.first().identifier, u"bad.corp.example"_s);
        bool exchangeKept = false;
        for (const OrderEvent& event : world.history(order.id))
            exchangeKept |= event.subject == OrderEvent::Subject::Exchange;
        QVERIFY2(exchangeKept, "a failed order keeps the exchange with the authority");
    }

    void storesNothingWhenThePortCannotBeBound()
    {
        World world;
        QTcpServer occupant;
        QVERIFY(occupant.listen(QHostAddress::LocalHost, world.workshop.responderPort()));
        const auto request = world.workshop.request(world.authority.id, {u"host.corp.example"_s});
        const auto placed = await(world.workshop.engine().orders().place(request, {}));
        QVERIFY(!placed);
        QCOMPARE(placed.error().code(), base::ErrorCode::AddressInUse);
        QVERIFY(await(world.workshop.engine().orders().page(0, 10))->isEmpty());
        QCOMPARE(world.server.ordersCreated(), 0);
    }

    void endsAtTheDeadlineAndCanBeResumed()
    {
        World world;
        world.server.setProcessingPolls(1'000'000);
        auto request = world.workshop.request(world.authority.id, {u"slow.corp.example"_s});
        request.waitSeconds = 600;
        const auto order = world.workshop.issue(request);
        QVERIFY(order);
        QVERIFY(!lifecycle::isFinished(order->state));
        QCOMPARE(order->error->code(), base::ErrorCode::InProgress);
    }

    void cancelledOrdersStayCancelled()
    {
        World world;
        world.server.failNext(Step::NewOrder, Fault::InternalErrorHtml, 200);
        const auto order = world.issue();
        QVERIFY(!lifecycle::isFinished(order.state));
        QVERIFY(await(world.workshop.engine().orders().cancel(order.id)));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(order.id))->state, OrderState::Cancelled);
        QVERIFY(await(world.workshop.engine().orders().resumeInterrupted())->ids.isEmpty());
    }

    void waitsAsLongAsTheAuthorityAsks()
    {
        World world;
        world.server.setRetryAfter(42);
        const QDateTime before = world.workshop.clock().now();
        QCOMPARE(world.issue().state, OrderState::Issued);
        QVERIFY(before.secsTo(world.workshop.clock().now()) >= 42);
    }

private:
    static int total(const support::AcmeFaultServer& server)
    {
        int requests = 0;
        for (const Step step :
             {Step::Directory, Step::NewNonce, Step::NewAccount, Step::Account, Step::OrderList, Step::NewOrder,
              Step::Order, Step::Authorization, Step::Challenge, Step::Finalize, Step::Certificate, Step::Revoke})
            requests += server.requests(step);
        return requests;
    }
};

SEALWRIGHT_TEST(TestIssuance)

} // namespace tst_issuance

#include "tst_issuance.moc"
