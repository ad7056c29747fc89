// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_builder.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/authority_trust.h"
#include "lifecycle/certificates.h"
#include "lifecycle/rebinding.h"
#include "lifecycle/root_rotation.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTest>

namespace tst_root_rotation {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::OrderState;
using support::await;
using support::Step;

/// Which certificates hang on which root, moving them, and following an authority that was renamed.
class TestRootRotation : public QObject {
    Q_OBJECT

    struct Scene {
        Scene()
        {
            server.setNow([this] { return workshop.clock().now(); });
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            account = workshop.registerAccount(authority.id);
        }

        lifecycle::OrderRecord issue(const QString& name)
        {
            return workshop.issue(workshop.request(authority.id, {name})).value();
        }

        lifecycle::RebindRequest renamed() const { return {authority.id, server.directoryUrl().toString(), {}}; }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
        lifecycle::Account account;
    };

    static base::Result<lifecycle::Authority> pinForIssuing(Scene& scene, const QByteArray& roots)
    {
        auto details = lifecycle::detailsOf(scene.authority);
        details.issuingRootsPem = roots;
        return await(scene.workshop.engine().authorities().update(scene.authority.id, details, {}));
    }

    static QByteArray anotherRoot()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        return crypto::makeRoot(u"Another root"_s, crypto::KeyType::EcP256, now.addDays(-1), now.addYears(1))
            ->certificate.pem();
    }

    static base::Result<int> tag(Scene& scene, const QString& certificateId, const QString& name)
    {
        const lifecycle::TagChange change {{certificateId}, lifecycle::parseTags({name}).value(), {}};
        return await(scene.workshop.engine().certificates().changeTags(change));
    }

private Q_SLOTS:
    void tellsWhichCertificatesHangOnWhichRoot()
    {
        Scene scene;
        scene.issue(u"a.corp.example"_s);
        scene.issue(u"b.corp.example"_s);
        const auto issuing = crypto::Certificate::fromPem(scene.server.issuerRootPem()).value();
        scene.server.changeTlsRoot(true);
        const lifecycle::RootChange change {lifecycle::RootChange::Kind::Replace, scene.server.tlsRootPem(), {}};
        QVERIFY(await(scene.workshop.engine().trust().accept(scene.authority.id, change, {})));
        const auto uses = await(scene.workshop.engine().rotation().roots(scene.authority.id)).value();
        QCOMPARE(uses.size(), 2);
        QCOMPARE(uses.first().root.name, issuing.subject());
        QCOMPARE(uses.first().root.keyId.toLatin1(), issuing.subjectKeyId().toHex());
        QCOMPARE(uses.first().certificates, 2);
        QCOMPARE(uses.first().accounts, 0);
        QVERIFY(!uses.first().verifiesTls);
        QCOMPARE(uses.last().certificates, 0);
        QCOMPARE(uses.last().accounts, 1);
        QVERIFY(uses.last().verifiesTls);
    }

    void reissuesWhatIsChosenAsARenewalOfTheSameCertificate()
    {
        Scene scene;
        const auto first = scene.issue(u"a.corp.example"_s);
        const auto second = scene.issue(u"b.corp.example"_s);
        const auto outcome =
            await(scene.workshop.engine().rotation().reissue(scene.authority.id, {second.request.certificateId}, {}));
        QVERIFY(outcome);
        QCOMPARE(outcome->planned, 1);
        QCOMPARE(outcome->placed.size(), 1);
        const auto ended = await(scene.workshop.engine().orders().waitFor(outcome->placed.first()));
        QCOMPARE(ended->state, OrderState::Issued);
        QCOMPARE(ended->request.certificateId, second.request.certificateId);
        auto& certificates = scene.workshop.storage().certificates();
        QCOMPARE(await(certificates.versions(second.request.certificateId))->size(), 2);
        QCOMPARE(await(certificates.versions(first.request.certificateId))->size(), 1);
    }

    void reissuesNothingForACertificateOfAnotherAuthority()
    {
        Scene scene;
        const auto issued = scene.issue(u"a.corp.example"_s);
        const support::AcmeFaultServer other;
        const auto elsewhere = scene.workshop.addAuthority(other.directoryUrl(), other.tlsRootPem(), u"Other"_s);
        const auto outcome =
            await(scene.workshop.engine().rotation().reissue(elsewhere.id, {issued.request.certificateId}, {}));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code(), ErrorCode::InvalidInput);
    }

    void reissuesOnlyWhatHasTheTag()
    {
        Scene scene;
        const auto plain = scene.issue(u"a.corp.example"_s);
        const auto tagged = scene.issue(u"b.corp.example"_s);
        QVERIFY(tag(scene, tagged.request.certificateId, u"Web"_s));
        QVERIFY(tag(scene, plain.request.certificateId, u"other"_s));
        auto& rotation = scene.workshop.engine().rotation();
        const auto uses = await(rotation.roots(scene.authority.id)).value();
        const lifecycle::RootQuery none {scene.authority.id, uses.first().root, u"nobody has it"_s};
        QCOMPARE(await(rotation.reissueAll(none, {}))->planned, 0);
        const lifecycle::RootQuery query {scene.authority.id, uses.first().root, u"WEB"_s};
        const auto page = await(rotation.certificates(query)).value();
        QCOMPARE(page.total, 1);
        QCOMPARE(page.rows.size(), 1);
        QCOMPARE(page.rows.first().id, tagged.request.certificateId);
        QCOMPARE(page.rows.first().tags, QStringList(u"Web"_s));
        const auto outcome = await(rotation.reissueAll(query, {}));
        QVERIFY(outcome);
        QCOMPARE(outcome->planned, 1);
        QCOMPARE(outcome->placed.size(), 1);
        QCOMPARE(await(scene.workshop.engine().orders().waitFor(outcome->placed.first()))->state, OrderState::Issued);
        auto& certificates = scene.workshop.storage().certificates();
        QCOMPARE(await(certificates.versions(tagged.request.certificateId))->size(), 2);
        QCOMPARE(await(certificates.versions(plain.request.certificateId))->size(), 1);
    }

    void reissuesEverythingUnderTheRootWithoutATag()
    {
        Scene scene;
        const auto first = scene.issue(u"a.corp.example"_s);
        const auto second = scene.issue(u"b.corp.example"_s);
        QVERIFY(tag(scene, second.request.certificateId, u"web"_s));
        const auto uses = await(scene.workshop.engine().rotation().roots(scene.authority.id)).value();
        lifecycle::RootQuery query {scene.authority.id, uses.first().root, {}};
        query.limit = 1; // a page is no bound of what is issued again
        QCOMPARE(await(scene.workshop.engine().rotation().reissueAll(query, {}))->planned, 2);
    }

    void takesChainsOfThePinnedIssuingRootsOnly()
    {
        Scene scene;
        QVERIFY(pinForIssuing(scene, scene.server.issuerRootPem()));
        QCOMPARE(scene.issue(u"a.corp.example"_s).state, OrderState::Issued);
        QVERIFY(pinForIssuing(scene, anotherRoot()));
        const auto refused = scene.issue(u"b.corp.example"_s);
        QCOMPARE(refused.state, OrderState::Failed);
        QVERIFY2(refused.error->detail().contains(u"none of the roots that are pinned"_s),
                 qPrintable(refused.error->detail()));
        QVERIFY(await(scene.workshop.storage().certificates().versions(refused.request.certificateId))->isEmpty());
        QVERIFY(pinForIssuing(scene, {}));
        QCOMPARE(scene.issue(u"c.corp.example"_s).state, OrderState::Issued);
    }

    void followsARenamedAuthorityWithItsAccount()
    {
        Scene scene;
        scene.server.rename("/acme/new");
        const auto planned = await(scene.workshop.engine().rebinding().plan(scene.renamed(), {}));
        QVERIFY2(planned, qPrintable(planned ? QString() : planned.error().message()));
        QCOMPARE(planned->accounts.size(), 1);
        QVERIFY(planned->accounts.first().url.path().startsWith(u"/acme/new/account/"_s));
        const auto unchanged = await(scene.workshop.engine().authorities().find(scene.authority.id));
        QCOMPARE(unchanged->directoryUrl, scene.authority.directoryUrl);
        QCOMPARE(await(scene.workshop.engine().accounts().byId(scene.account.id))->url, scene.account.url);
        const int accounts = scene.server.accountsCreated();
        QVERIFY(await(scene.workshop.engine().rebinding().apply(scene.renamed(), {})));
        QCOMPARE(scene.server.accountsCreated(), accounts);
        QCOMPARE(await(scene.workshop.engine().authorities().find(scene.authority.id))->directoryUrl,
                 scene.server.directoryUrl());
        QCOMPARE(scene.issue(u"a.corp.example"_s).state, OrderState::Issued);
    }

    void goesOnByTheUrlThatTheNewPlaceTakesAlone()
    {
        Scene scene;
        scene.server.setAccountTie(support::AccountTie::Url);
        scene.server.failNext(Step::Finalize, support::Fault::InternalErrorHtml, 50);
        const auto interrupted = scene.issue(u"a.corp.example"_s);
        scene.server.clearFaults();
        scene.server.rename("/acme/new");
        const auto rebound = await(scene.workshop.engine().rebinding().apply(scene.renamed(), {}));
        QVERIFY2(rebound, qPrintable(rebound ? QString() : rebound.error().message()));
        QCOMPARE(rebound->accounts.first().url, scene.account.url);
        QVERIFY(await(scene.workshop.engine().orders().resume(interrupted.id)));
        QCOMPARE(await(scene.workshop.engine().orders().waitFor(interrupted.id))->state, OrderState::Issued);
        QCOMPARE(scene.issue(u"b.corp.example"_s).state, OrderState::Issued);
        QVERIFY(await(scene.workshop.engine().accounts().findByKey(scene.account.id, {})));
        QCOMPARE(scene.issue(u"c.corp.example"_s).state, OrderState::Issued);
        QCOMPARE(scene.server.accountsCreated(), 1);
    }

    void givesANewKeyToAnAccountThatTheNewPlaceRefuses()
    {
        Scene scene;
        scene.server.setAccountTie(support::AccountTie::Place);
        scene.server.rename("/acme/new");
        const auto planned = await(scene.workshop.engine().rebinding().plan(scene.renamed(), {}));
        QVERIFY2(planned, qPrintable(planned ? QString() : planned.error().message()));
        QVERIFY(planned->accounts.first().url.isEmpty() && planned->accounts.first().isRefused);
        QCOMPARE(await(scene.workshop.engine().accounts().byId(scene.account.id))->keyThumbprint,
                 scene.account.keyThumbprint);
        QVERIFY(await(scene.workshop.engine().rebinding().apply(scene.renamed(), {})));
        const auto account = await(scene.workshop.engine().accounts().byId(scene.account.id));
        QCOMPARE(account->status, lifecycle::Account::Status::Pending);
        QVERIFY(account->keyThumbprint != scene.account.keyThumbprint);
        const auto registered = await(scene.workshop.engine().accounts().resume(scene.account.id, {}));
        QVERIFY2(registered, qPrintable(registered ? QString() : registered.error().message()));
        QCOMPARE(scene.server.accountThumbprints().value(1), account->keyThumbprint);
        QCOMPARE(scene.issue(u"a.corp.example"_s).state, OrderState::Issued);
    }

    void goesOnWithAnOrderThatTheNewPlaceKnows()
    {
        Scene scene;
        scene.server.failNext(Step::Finalize, support::Fault::InternalErrorHtml, 50);
        const auto interrupted = scene.issue(u"a.corp.example"_s);
        QVERIFY(!lifecycle::isFinished(interrupted.state));
        scene.server.clearFaults();
        scene.server.rename("/acme/new");
        const auto rebound = await(scene.workshop.engine().rebinding().apply(scene.renamed(), {}));
        QVERIFY2(rebound, qPrintable(rebound ? QString() : rebound.error().message()));
        QCOMPARE(rebound->orders.size(), 1);
        QCOMPARE(rebound->orders.first().url.path(), u"/acme/new"_s + interrupted.url.path());
        QVERIFY(await(scene.workshop.engine().orders().resume(interrupted.id)));
        QCOMPARE(await(scene.workshop.engine().orders().waitFor(interrupted.id))->state, OrderState::Issued);
        QCOMPARE(scene.server.ordersCreated(), 1);
    }

    void endsNoOrderBecauseTheNewPlaceIsInTrouble()
    {
        Scene scene;
        scene.server.failNext(Step::Finalize, support::Fault::InternalErrorHtml, 50);
        const auto interrupted = scene.issue(u"a.corp.example"_s);
        scene.server.clearFaults();
        scene.server.rename("/acme/new");
        scene.server.failNext(Step::Order, support::Fault::InternalErrorHtml, 50);
        const auto refused = await(scene.workshop.engine().rebinding().apply(scene.renamed(), {}));
        QVERIFY(!refused);
        QCOMPARE(await(scene.workshop.engine().authorities().find(scene.authority.id))->directoryUrl,
                 scene.authority.directoryUrl);
        QVERIFY(!lifecycle::isFinished(await(scene.workshop.engine().orders().details(interrupted.id))->record.state));
        scene.server.clearFaults();
        const auto rebound = await(scene.workshop.engine().rebinding().apply(scene.renamed(), {}));
        QVERIFY2(rebound, qPrintable(rebound ? QString() : rebound.error().message()));
        QVERIFY(await(scene.workshop.engine().orders().resume(interrupted.id)));
        QCOMPARE(await(scene.workshop.engine().orders().waitFor(interrupted.id))->state, OrderState::Issued);
    }

    void followsAnAccountWhoseKeyWasBeingChanged()
    {
        Scene scene;
        scene.server.failNext(Step::KeyChange, support::Fault::ResetAfterProcessing);
        scene.server.failNext(Step::NewAccount, support::Fault::ResetBeforeProcessing, 10);
        QVERIFY(!await(scene.workshop.engine().accountKeys().rollOver(scene.account.id, {}, {}, {})));
        scene.server.clearFaults();
        scene.server.rename("/acme/new");
        const auto rebound = await(scene.workshop.engine().rebinding().apply(scene.renamed(), {}));
        QVERIFY2(rebound, qPrintable(rebound ? QString() : rebound.error().message()));
        QVERIFY(rebound->accounts.first().url.path().startsWith(u"/acme/new/account/"_s));
        QCOMPARE(scene.issue(u"a.corp.example"_s).state, OrderState::Issued);
        const auto account = await(scene.workshop.engine().accounts().byId(scene.account.id));
        QCOMPARE(account->status, lifecycle::Account::Status::Valid);
        QCOMPARE(account->keyThumbprint, scene.server.accountThumbprints().value(0));
        QCOMPARE(scene.server.accountsCreated(), 1);
    }

    void endsOrdersAndTellsWhoMustRegisterWhereTheNewPlaceKnowsNobody()
    {
        Scene scene;
        scene.server.failNext(Step::Finalize, support::Fault::InternalErrorHtml, 50);
        const auto interrupted = scene.issue(u"a.corp.example"_s);
        support::AcmeFaultServer elsewhere;
        elsewhere.setNow([&scene] { return scene.workshop.clock().now(); });
        const lifecycle::RebindRequest request {scene.authority.id, elsewhere.directoryUrl().toString(),
                                                elsewhere.tlsRootPem()};
        const auto rebound = await(scene.workshop.engine().rebinding().apply(request, {}));
        QVERIFY2(rebound, qPrintable(rebound ? QString() : rebound.error().message()));
        QVERIFY(rebound->accounts.first().url.isEmpty());
        QCOMPARE(elsewhere.accountsCreated(), 0);
        const auto ended = await(scene.workshop.engine().orders().details(interrupted.id));
        QCOMPARE(ended->record.state, OrderState::Failed);
        QVERIFY2(ended->record.error->detail().contains(u"renamed"_s), qPrintable(ended->record.error->detail()));
        QCOMPARE(await(scene.workshop.engine().accounts().byId(scene.account.id))->status,
                 lifecycle::Account::Status::Pending);
        QVERIFY(await(scene.workshop.engine().accounts().resume(scene.account.id, {})));
        QCOMPARE(scene.issue(u"b.corp.example"_s).state, OrderState::Issued);
    }

    void keepsAnAccountThatTheNewPlaceRefusesToRegister()
    {
        Scene scene;
        support::AcmeFaultServer elsewhere;
        elsewhere.setNow([&scene] { return scene.workshop.clock().now(); });
        elsewhere.setExternalAccounts({{u"kid"_s, "0123456789abcdef"}});
        const lifecycle::RebindRequest request {scene.authority.id, elsewhere.directoryUrl().toString(),
                                                elsewhere.tlsRootPem()};
        QVERIFY(await(scene.workshop.engine().rebinding().apply(request, {})));
        const auto refused = await(scene.workshop.engine().accounts().resume(scene.account.id, {}));
        QVERIFY(!refused);
        const auto kept = await(scene.workshop.engine().accounts().byId(scene.account.id));
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().message()));
        QCOMPARE(kept->keyThumbprint, scene.account.keyThumbprint);
    }

    void changesNothingWhereTheNewPlaceCannotBeAsked_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("field");
        QTest::newRow("where it is already") << QString() << u"directoryUrl"_s;
        QTest::newRow("nobody listens") << u"https://127.0.0.1:1/dir"_s << u"directoryUrl"_s;
        QTest::newRow("in the clear") << u"http://127.0.0.1/dir"_s << u"directoryUrl"_s;
    }

    void changesNothingWhereTheNewPlaceCannotBeAsked()
    {
        QFETCH(QString, url);
        QFETCH(QString, field);
        Scene scene;
        lifecycle::RebindRequest request = scene.renamed();
        if (!url.isEmpty())
            request.directoryUrl = url;
        const auto refused = await(scene.workshop.engine().rebinding().apply(request, {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().field(), field);
        QCOMPARE(await(scene.workshop.engine().authorities().find(scene.authority.id))->directoryUrl,
                 scene.authority.directoryUrl);
        QCOMPARE(await(scene.workshop.engine().accounts().byId(scene.account.id))->url, scene.account.url);
    }
};

SEALWRIGHT_TEST(TestRootRotation)

} // namespace tst_root_rotation

#include "tst_root_rotation.moc"
