// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificates.h"
#include "lifecycle/solvers.h"
#include "support/acme_fault_server.h"
#include "support/acme_fault_server_ca.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/server_personality.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTest>

namespace tst_server_quirks {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::OrderState;
using support::AcmeFaultServer;
using support::await;
using support::Fault;
using support::Step;
namespace personality = support::personality;

using Personality = void (*)(AcmeFaultServer& server);

/// Every server's habits end in one order, one key and one certificate, or in a clear error within seconds.
class TestServerQuirks : public QObject {
    Q_OBJECT

    struct World {
        explicit World(Personality become)
        {
            become(server);
            server.setNow([this] { return workshop.clock().now(); });
        }

        void prepare()
        {
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
        }

        lifecycle::OrderRecord issue(const QStringList& names = {u"a.corp.example"_s, u"b.corp.example"_s})
        {
            const auto record = workshop.issue(workshop.request(authority.id, names));
            if (!record)
                qFatal("%s", qPrintable(record.error().message()));
            return *record;
        }

        base::Result<lifecycle::Account> registerAccount(const QStringList& contacts,
                                                         const QString& credentialId = QString())
        {
            lifecycle::AccountDetails details;
            details.authorityId = authority.id;
            details.contacts = contacts;
            details.termsAgreed = true;
            details.eabCredentialId = credentialId;
            return await(workshop.engine().accounts().registerAccount(details, {}));
        }

        support::Workshop workshop;
        AcmeFaultServer server;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void issuesOneCertificateForOneKey_data()
    {
        QTest::addColumn<Personality>("become");
        QTest::newRow("step-ca") << &personality::stepCa;
        QTest::newRow("Boulder") << &personality::boulder;
        QTest::newRow("EJBCA") << &personality::ejbca;
        QTest::newRow("Sectigo") << &personality::sectigo;
        QTest::newRow("ZeroSSL") << &personality::zeroSsl;
        QTest::newRow("DigiCert") << &personality::digiCert;
        QTest::newRow("Entrust") << &personality::entrust;
        QTest::newRow("HARICA") << &personality::harica;
        QTest::newRow("Actalis") << &personality::actalis;
        QTest::newRow("Telesec") << &personality::telesec;
        QTest::newRow("Dogtag") << &personality::dogtag;
        QTest::newRow("ADCS wrapper") << &personality::adcsWrapper;
        QTest::newRow("django-ca") << &personality::djangoCa;
        QTest::newRow("sloppy") << &personality::sloppy;
    }

    void issuesOneCertificateForOneKey()
    {
        QFETCH(Personality, become);
        World world(become);
        world.prepare();
        const auto order = world.issue();
        QVERIFY2(order.state == OrderState::Issued, qPrintable(order.error ? order.error->message() : QString()));
        QCOMPARE(world.server.ordersCreated(), 1);
        QCOMPARE(world.server.certificatesIssued(), 1);
        QCOMPARE(world.server.accountsCreated(), 1);
        QCOMPARE(world.server.certificateKeys().size(), 1);
    }

    void findsTheOrderWhoseReplyWasLost_data()
    {
        QTest::addColumn<Personality>("become");
        QTest::addColumn<int>("orders");
        QTest::newRow("in a bare array") << &personality::stepCa << 1;
        QTest::newRow("in a list with relative URLs") << &personality::sloppy << 1;
        QTest::newRow("not where the list is the account") << &personality::actalis << 2;
        QTest::newRow("not where there is no list") << &personality::boulder << 2;
    }

    void findsTheOrderWhoseReplyWasLost()
    {
        QFETCH(Personality, become);
        QFETCH(int, orders);
        World world(become);
        world.prepare();
        world.server.failNext(Step::NewOrder, Fault::ResetAfterProcessing);
        QCOMPARE(world.issue().state, OrderState::Issued);
        QCOMPARE(world.server.ordersCreated(), orders);
        QCOMPARE(world.server.certificatesIssued(), 1);
    }

    void neverReadsAListOfOrdersThatBreaksTheAccount()
    {
        World world(&personality::stepCa);
        world.prepare();
        world.authority.meta.kind = u"step-ca"_s;
        QVERIFY(await(world.workshop.storage().authorities().update(world.authority)));
        QCOMPARE(world.issue().state, OrderState::Issued);
        const auto account = await(world.workshop.engine().accounts().all())->constFirst();
        const auto listed = await(world.workshop.engine().accounts().orders(account.id, {}, {}));
        QVERIFY(!listed);
        QCOMPARE(listed.error().code(), base::ErrorCode::Unsupported);
        world.server.failNext(Step::NewOrder, Fault::ResetAfterProcessing);
        QCOMPARE(world.issue({u"c.corp.example"_s}).state, OrderState::Issued);
        QCOMPARE(world.server.requests(Step::OrderList), 0);
    }

    void findsTheLostOrderOfAWildcardThatComesBackWithoutItsStar()
    {
        const support::BindKey key {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
        const support::BindServer bind({{u"corp.example"_s, {}, key.name}}, {key});
        World world([](AcmeFaultServer& server) {
            server.setPreValidated(true);
            server.setManner([](Step step, support::ServedAnswer& answer) {
                if (step == Step::NewOrder || step == Step::Order)
                    answer.body.replace("\"*.", "\"");
            });
        });
        world.prepare();
        QFile keyFile(world.workshop.folder() + u"/tsig.key"_s);
        QVERIFY(keyFile.open(QIODevice::WriteOnly) && keyFile.write(key.clause()) > 0);
        keyFile.close();
        const QString name = u"*.web.corp.example"_s;
        const auto solver = await(world.workshop.engine().solvers().put(
            {u"BIND"_s, bind.address(), keyFile.fileName(), {}}, *base::Identifier::parse(name), {}, {}));
        QVERIFY2(solver, qPrintable(solver ? QString() : solver.error().message()));
        auto request = world.workshop.request(world.authority.id, {name});
        request.proof = challenge::ProofSettings::dns01(*solver);
        world.server.failNext(Step::NewOrder, Fault::ResetAfterProcessing);
        const auto order = world.workshop.issue(request);
        QVERIFY2(order, qPrintable(order ? QString() : order.error().message()));
        QVERIFY2(order->state == OrderState::Issued, qPrintable(order->error ? order->error->message() : QString()));
        QCOMPARE(world.server.ordersCreated(), 1);
    }

    void answersEachChallengeOnce()
    {
        World world(&personality::sloppy);
        world.prepare();
        QCOMPARE(world.issue().state, OrderState::Issued);
        QCOMPARE(world.server.requests(Step::Challenge), 2);
    }

    void endsInSecondsWithTheErrorOfAChallengeThatStaysPending()
    {
        World world(&personality::stepCa);
        world.prepare();
        world.server.setValidation(support::Validation::PendingWithError);
        const QDateTime before = world.workshop.clock().now();
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QCOMPARE(order.error->problem()->subproblems.size(), 2);
        for (const base::Subproblem& refused : order.error->problem()->subproblems)
            QVERIFY2(refused.type.endsWith(u":incorrectResponse"), qPrintable(refused.type));
        QVERIFY(before.secsTo(world.workshop.clock().now()) < 60);
    }

    void dispatchesOnTheTypeWhateverTheStatus()
    {
        World world(&personality::stepCa);
        world.prepare();
        world.server.setBlockedNames({u"b.corp.example"_s});
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QCOMPARE(order.error->problem()->status, 400);
        QVERIFY(order.error->problem()->is(u"rejectedIdentifier"));
        QCOMPARE(order.error->problem()->subproblems.first().identifier, u"b.corp.example"_s);
    }

    void readsErrorTypesThatAreBareWords()
    {
        World world(&personality::digiCert);
        world.prepare();
        world.server.setBlockedNames({u"b.corp.example"_s});
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QCOMPARE(order.error->problem()->type, u"rejectedIdentifier"_s);
        QCOMPARE(order.error->problem()->subproblems.first().identifier, u"b.corp.example"_s);
    }

    void saysWhatWasUnreadableWhereAnOrderNeverBecomesReady()
    {
        World world(&personality::digiCert);
        world.prepare();
        world.server.setPreValidated(false);
        const QDateTime before = world.workshop.clock().now();
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY2(order.error->message().contains(u"the authorization cannot be read"_s),
                 qPrintable(order.error->message()));
        QVERIFY(before.secsTo(world.workshop.clock().now()) < 120);
        QCOMPARE(world.server.certificatesIssued(), 0);
    }

    void namesTheChallengesThatAreOfferedWhereNoneIsUsable()
    {
        World world(&personality::telesec);
        world.server.setManner([](Step step, support::ServedAnswer& answer) {
            if (step == Step::Authorization)
                answer.body.replace("\"http-01\"", "\"sectigo-dns-01\"");
        });
        world.prepare();
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QCOMPARE(order.error->code(), ErrorCode::Unsupported);
        QVERIFY2(order.error->message().contains(u"sectigo-dns-01"_s), qPrintable(order.error->message()));
    }

    void saysSoWhereAnOrderHasNoFinalizeUrlAnywhere()
    {
        World world(&personality::telesec);
        world.server.setManner([](Step step, support::ServedAnswer& answer) {
            if (step == Step::NewOrder || step == Step::Order)
                answer.body.replace("\"finalize\"", "\"finalise\"");
        });
        world.prepare();
        const auto order = world.issue();
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY2(order.error->message().contains(u"finalize"_s), qPrintable(order.error->message()));
        QCOMPARE(world.server.requests(Step::Finalize), 0);
    }

    void refusesResourcesInTheClear()
    {
        World world(&personality::telesec);
        world.server.setManner([](Step step, support::ServedAnswer& answer) {
            if (step == Step::Directory)
                answer.body.replace("https:", "http:");
        });
        lifecycle::AuthorityDetails details;
        details.name = u"In the clear"_s;
        details.directoryUrl = world.server.directoryUrl().toString();
        details.rootsPem = world.server.tlsRootPem();
        details.proxy = u"none"_s;
        const auto added = await(world.workshop.engine().authorities().add(details, {}));
        QVERIFY(!added);
        QVERIFY2(added.error().message().contains(u"not https"_s), qPrintable(added.error().message()));
    }

    void saysThatRevocationIsNotOfferedWhereItIsInTheClear()
    {
        World world(&personality::djangoCa);
        world.prepare();
        lifecycle::RevokeRequest revocation;
        revocation.certificateId = world.issue().request.certificateId;
        const auto revoked = await(world.workshop.engine().certificates().revoke(revocation, {}));
        QVERIFY(!revoked);
        QCOMPARE(revoked.error().code(), ErrorCode::Unsupported);
        QVERIFY(world.server.revocations().isEmpty());
    }

    void revokesByTheCertificatesKeyOnlyAsTheAuthorityTakesIt_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("reason");
        QTest::addColumn<int>("error"); ///< -1: none
        constexpr int keyCompromise = 1;
        constexpr int superseded = 4; // RFC 5280 section 5.3.1
        QTest::newRow("Let's Encrypt, another reason")
            << u"lets-encrypt"_s << superseded << int(ErrorCode::InvalidInput);
        QTest::newRow("Let's Encrypt, keyCompromise") << u"lets-encrypt"_s << keyCompromise << -1;
        QTest::newRow("Boulder, another reason") << u"boulder"_s << superseded << int(ErrorCode::InvalidInput);
        QTest::newRow("Actalis") << u"actalis"_s << keyCompromise << int(ErrorCode::Unsupported);
        QTest::newRow("any other") << u"step-ca"_s << superseded << -1;
    }

    void revokesByTheCertificatesKeyOnlyAsTheAuthorityTakesIt()
    {
        QFETCH(QString, kind);
        QFETCH(int, reason);
        QFETCH(int, error);
        World world(&personality::telesec);
        world.prepare();
        lifecycle::RevokeRequest revocation;
        revocation.certificateId = world.issue().request.certificateId;
        revocation.reason = reason;
        revocation.withCertificateKey = true;
        world.authority.meta.kind = kind;
        QVERIFY(await(world.workshop.storage().authorities().update(world.authority)));
        const auto revoked = await(world.workshop.engine().certificates().revoke(revocation, {}));
        QCOMPARE(revoked ? -1 : int(revoked.error().code()), error);
        QCOMPARE(world.server.revocations().size(), revoked ? 1 : 0);
    }

    void saysThatAContactIsRequired()
    {
        World world(&personality::googleTrustServices);
        world.authority = world.workshop.addAuthority(world.server.directoryUrl(), world.server.tlsRootPem());
        const auto refused = world.registerAccount({});
        QVERIFY(!refused);
        QVERIFY2(refused.error().message().contains(u"contact is required"_s), qPrintable(refused.error().message()));
        QCOMPARE(world.server.accountsCreated(), 0);
        QVERIFY(world.registerAccount({u"mailto:pki@corp.example"_s}));
        QCOMPARE(world.issue().state, OrderState::Issued);
    }

    void sendsNoContactToWhoKeepsNone()
    {
        World world(&personality::boulder);
        world.authority = world.workshop.addAuthority(world.server.directoryUrl(), world.server.tlsRootPem());
        const QStringList contacts {u"mailto:pki@corp.example"_s};
        const auto refused = world.registerAccount(contacts);
        QVERIFY2(!refused, "it looks at what it does not keep");
        world.authority.meta.kind = u"boulder"_s;
        QVERIFY(await(world.workshop.storage().authorities().update(world.authority)));
        const auto registered = world.registerAccount(contacts);
        QVERIFY2(registered, qPrintable(registered ? QString() : registered.error().message()));
        QCOMPARE(registered->contacts, QStringList());
        const auto updated = await(world.workshop.engine().accounts().updateContacts(registered->id, contacts, {}));
        QVERIFY(!updated);
        QCOMPARE(updated.error().field(), u"contacts"_s);
        QCOMPARE(world.server.requests(Step::Account), 0);
        QCOMPARE(world.issue().state, OrderState::Issued);
    }

    void asksForABindingWhereOnlyTheErrorSaysSo()
    {
        World world(&personality::sslCom);
        world.authority = world.workshop.addAuthority(world.server.directoryUrl(), world.server.tlsRootPem());
        QVERIFY(!world.authority.meta.externalAccountRequired);
        const auto refused = world.registerAccount({});
        QVERIFY(!refused);
        QVERIFY(refused.error().problem()->is(u"externalAccountRequired"));
        lifecycle::EabDetails details;
        details.authorityId = world.authority.id;
        details.kid = u"kid-1"_s;
        details.keyText = std::make_shared<const base::Secret>("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY");
        details.decodeOnceMore = false;
        const auto added = await(world.workshop.engine().accounts().addCredential(details));
        QVERIFY2(added, qPrintable(added ? QString() : added.error().message()));
        const auto bound = world.registerAccount({}, added->credential.id);
        QVERIFY2(bound, qPrintable(bound ? QString() : bound.error().message()));
        QCOMPARE(world.server.accountsCreated(), 1);
    }

    void retriesWithoutReplacesWhereBoulderCallsItAConflict()
    {
        World world(&personality::boulder);
        world.server.setHasRenewalInfo(true);
        world.prepare();
        const auto first = world.issue();
        auto request = first.request;
        request.certificateId = first.request.certificateId;
        const auto second = world.workshop.issue(request);
        QVERIFY(second);
        QCOMPARE(second->state, OrderState::Issued);
        QCOMPARE(world.server.replaced(), QStringList({QString(), QString()}));
        QCOMPARE(world.server.requests(Step::NewOrder), 3);
    }

    void resumesAnOrderThatWaitsForAHuman()
    {
        World world(&personality::ejbca);
        world.prepare();
        world.server.setProcessingPolls(1'000'000);
        auto request = world.workshop.request(world.authority.id, {u"a.corp.example"_s});
        request.waitSeconds = 600;
        const auto order = world.workshop.issue(request);
        QVERIFY(order);
        QCOMPARE(order->error->code(), ErrorCode::InProgress);
        world.workshop.clock().advance(std::chrono::hours(20));
        world.server.approveAll();
        world.workshop.restart();
        QVERIFY(await(world.workshop.engine().orders().resume(order->id)));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(order->id), 60)->state, OrderState::Issued);
        QCOMPARE(world.server.ordersCreated(), 1);
        QCOMPARE(world.server.certificatesIssued(), 1);
    }

    void waitsMinutesInProcessingAsLongAsItIsAsked()
    {
        World world(&personality::zeroSsl);
        world.prepare();
        const QDateTime before = world.workshop.clock().now();
        QCOMPARE(world.issue().state, OrderState::Issued);
        QVERIFY(before.secsTo(world.workshop.clock().now()) >= 11 * 15);
        QVERIFY(world.server.requests(Step::Order) < 20);
    }

    void keepsTheAccountThatARepeatedRegistrationDoesNotName()
    {
        World world(&personality::sectigo);
        world.prepare();
        const auto accounts = await(world.workshop.engine().accounts().all());
        QCOMPARE(accounts->size(), 1);
        QVERIFY(!accounts->first().url.isEmpty());
        QCOMPARE(world.issue().state, OrderState::Issued);
    }
};

SEALWRIGHT_TEST(TestServerQuirks)

} // namespace tst_server_quirks

#include "tst_server_quirks.moc"
