// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_keys.h"

#include "lifecycle/event.h"
#include "lifecycle/lease.h"
#include "lifecycle/repositories.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTest>

#include <algorithm>

namespace tst_account_keys {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using crypto::KeyType;
using lifecycle::Account;
using lifecycle::RolloverNotice;
using lifecycle::RolloverStep;
using support::await;
using support::Fault;
using support::KeyChangeSupport;
using support::Step;

namespace {

const QString cannotChange = u"this CA cannot change account keys; register another account instead"_s;

struct World {
    World()
    {
        authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
        account = workshop.registerAccount(authority.id);
    }

    base::Result<Account> rollOver(std::optional<KeyType> type = {}, RolloverNotice notice = {},
                                   std::stop_token stop = {})
    {
        return await(workshop.engine().accountKeys().rollOver(account.id, type, notice, stop));
    }
    Account stored() { return await(workshop.engine().accounts().byId(account.id)).value(); }
    QString serversKey() const { return server.accountThumbprints().value(0); }
    bool canIssue(const QString& name)
    {
        const auto order = workshop.issue(workshop.request(authority.id, {name}));
        return order && order->state == lifecycle::OrderState::Issued;
    }
    base::Result<QString> placeOrderThatStaysProcessing()
    {
        server.setProcessingPolls(1'000'000);
        return await(workshop.engine().orders().place(workshop.request(authority.id, {u"a.test"_s}), {}));
    }
    /// An order whose names are being validated, as long as what is returned lives.
    std::shared_ptr<lifecycle::HeldLease> holdOrderInValidation()
    {
        lifecycle::OrderRecord order;
        order.id = u"validating"_s;
        order.request = workshop.request(authority.id, {u"a.test"_s});
        order.request.accountId = account.id;
        order.request.certificateId = u"certificate"_s;
        order.state = lifecycle::OrderState::Authorizing;
        const lifecycle::ManagedCertificate certificate {u"certificate"_s, order.request, {}, {}, {}};
        if (!await(workshop.storage().orders().insert(order, "sealed", certificate)))
            qFatal("the order cannot be stored");
        return workshop.storage().leases().acquire(u"order:validating"_s).value();
    }
    /// The authority has done what it was asked, and nobody knows.
    void loseTheOutcome()
    {
        server.failNext(Step::KeyChange, Fault::ResetAfterProcessing);
        server.failNext(Step::NewAccount, Fault::ResetBeforeProcessing, 10);
    }

    support::AcmeFaultServer server;
    support::Workshop workshop;
    lifecycle::Authority authority;
    Account account;
};

} // namespace

/// The keys of accounts against a server that goes wrong on request.
class TestAccountKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheAccountANewKeyOfTheChosenType_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::newRow("EC P-256") << KeyType::EcP256;
        QTest::newRow("EC P-384") << KeyType::EcP384;
        QTest::newRow("Ed25519") << KeyType::Ed25519;
        QTest::newRow("RSA 2048") << KeyType::Rsa2048;
    }

    void givesTheAccountANewKeyOfTheChosenType()
    {
        QFETCH(KeyType, type);
        World world;
        QList<RolloverStep> steps;
        const auto changed = world.rollOver(type, [&steps](RolloverStep step) { steps.append(step); });
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().message()));
        QCOMPARE(changed->url, world.account.url);
        QVERIFY(changed->keyThumbprint != world.account.keyThumbprint);
        QCOMPARE(world.stored().keyType, type);
        QCOMPARE(world.stored().keyThumbprint, world.serversKey());
        QVERIFY(!world.stored().rollover);
        QCOMPARE(steps,
                 QList<RolloverStep>({RolloverStep::MakingKey, RolloverStep::KeyStored, RolloverStep::Confirmed}));
        QVERIFY(world.canIssue(u"after.test"_s));
        QCOMPARE(world.server.accountsCreated(), 1);
        const auto events = await(world.workshop.engine().events().page({u"account.rollover"_s}));
        QCOMPARE(events->size(), 1);
        QVERIFY(events->at(0).detail.contains(world.serversKey()));
    }

    void hasTheKeyThatTheServerHasWhateverGoesWrongOnce_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::newRow("reset before") << Fault::ResetBeforeProcessing;
        QTest::newRow("reset after") << Fault::ResetAfterProcessing;
        QTest::newRow("delivered twice") << Fault::DeliveredTwice;
        QTest::newRow("bad nonce") << Fault::BadNonce;
        QTest::newRow("mute bad nonce") << Fault::MuteBadNonce;
        QTest::newRow("500 HTML") << Fault::InternalErrorHtml;
        QTest::newRow("429") << Fault::RateLimitedSeconds;
        QTest::newRow("429 with a date") << Fault::RateLimitedDate;
        QTest::newRow("truncated") << Fault::TruncatedJson;
        QTest::newRow("cut") << Fault::CutBody;
        QTest::newRow("no Location") << Fault::MissingLocation;
        QTest::newRow("no nonce") << Fault::MissingNonce;
        QTest::newRow("relative URLs") << Fault::RelativeUrls;
        QTest::newRow("unknown status") << Fault::UnknownStatus;
        QTest::newRow("huge body") << Fault::HugeBody;
        QTest::newRow("redirect") << Fault::RedirectToHttp;
    }

    void hasTheKeyThatTheServerHasWhateverGoesWrongOnce()
    {
        QFETCH(Fault, fault);
        World world;
        world.server.failNext(Step::KeyChange, fault);
        auto changed = world.rollOver();
        if (!changed) {
            QVERIFY(!changed.error().detail().isEmpty());
            const auto unfinished = world.stored().rollover;
            QCOMPARE(world.stored().keyThumbprint, world.account.keyThumbprint);
            world.workshop.restart();
            QVERIFY(world.canIssue(u"meanwhile.test"_s)); // with the old key
            changed = world.rollOver();
            if (unfinished)
                QCOMPARE(changed->keyThumbprint, unfinished->keyThumbprint);
        }
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().message()));
        QCOMPARE(world.stored().keyThumbprint, world.serversKey());
        QVERIFY(!world.stored().rollover);
        QCOMPARE(world.server.keysChanged(), 1);
        QCOMPARE(world.server.accountsCreated(), 1);
        QVERIFY(world.canIssue(u"after.test"_s));
    }

    void asksWhichKeyTheServerHasWhenTheOutcomeWasLost_data()
    {
        QTest::addColumn<bool>("start");
        QTest::newRow("at the next start") << true;
        QTest::newRow("at the next use") << false;
    }

    void asksWhichKeyTheServerHasWhenTheOutcomeWasLost()
    {
        QFETCH(bool, start);
        World world;
        world.loseTheOutcome();
        QVERIFY(!world.rollOver());
        const Account between = world.stored();
        QVERIFY(between.rollover);
        QCOMPARE(between.keyThumbprint, world.account.keyThumbprint);
        QCOMPARE(between.rollover->keyThumbprint, world.serversKey());
        world.server.clearFaults();
        world.workshop.restart();
        if (start)
            await(world.workshop.engine().accountKeys().finishRollovers({}));
        else
            QVERIFY(world.canIssue(u"next-use.test"_s));
        QCOMPARE(world.stored().keyThumbprint, world.serversKey());
        QVERIFY(!world.stored().rollover);
        QCOMPARE(world.server.requests(Step::KeyChange), 1);
        QVERIFY(world.canIssue(u"after.test"_s));
    }

    void sendsTheStoredKeyAgainWhereTheRequestNeverArrived()
    {
        World world;
        world.server.failNext(Step::KeyChange, Fault::ResetBeforeProcessing);
        QVERIFY(!world.rollOver());
        const auto unfinished = world.stored().rollover;
        QVERIFY(unfinished);
        world.workshop.restart();
        await(world.workshop.engine().accountKeys().finishRollovers({}));
        QCOMPARE(world.stored().keyThumbprint, unfinished->keyThumbprint);
        QCOMPARE(world.serversKey(), unfinished->keyThumbprint);
    }

    void keepsBothKeysWhereItIsStoppedWhileTheReplyHangs()
    {
        World world;
        world.server.failNext(Step::KeyChange, Fault::Hang);
        const std::stop_source stop;
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, this, [&world, stop]() mutable {
            if (world.server.requests(Step::KeyChange) > 0)
                stop.request_stop();
        });
        look.start(1);
        const auto stopped = world.rollOver({}, {}, stop.get_token());
        look.stop();
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code(), ErrorCode::Cancelled);
        QVERIFY(world.stored().rollover);
        const auto finished = world.rollOver();
        QVERIFY2(finished, finished ? "" : qPrintable(finished.error().message()));
        QCOMPARE(finished->keyThumbprint, world.serversKey());
        QCOMPARE(world.server.keysChanged(), 1);
    }

    void changesNothingWhereTheAuthorityCannotChangeKeys_data()
    {
        QTest::addColumn<KeyChangeSupport>("support");
        QTest::newRow("not in the directory") << KeyChangeSupport::NotInDirectory;
        QTest::newRow("501") << KeyChangeSupport::NotImplemented;
        QTest::newRow("501 HTML") << KeyChangeSupport::NotImplementedHtml;
    }

    void changesNothingWhereTheAuthorityCannotChangeKeys()
    {
        QFETCH(KeyChangeSupport, support);
        World world;
        world.server.setKeyChange(support);
        const auto refused = world.rollOver();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::Unsupported);
        QCOMPARE(refused.error().detail(), cannotChange);
        QVERIFY(!world.stored().rollover);
        QCOMPARE(world.stored().keyThumbprint, world.account.keyThumbprint);
        QVERIFY(world.canIssue(u"after.test"_s));
    }

    void changesNothingWhereTheAuthorityRefuses_data()
    {
        QTest::addColumn<KeyChangeSupport>("support");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("409") << KeyChangeSupport::AlwaysConflict << ErrorCode::AlreadyExists;
        QTest::newRow("401") << KeyChangeSupport::AlwaysUnauthorized << ErrorCode::Rejected;
    }

    void changesNothingWhereTheAuthorityRefuses()
    {
        QFETCH(KeyChangeSupport, support);
        QFETCH(ErrorCode, code);
        World world;
        world.server.setKeyChange(support);
        const auto refused = world.rollOver();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), code);
        QVERIFY(!world.stored().rollover);
        QVERIFY(world.canIssue(u"after.test"_s));
        world.server.setKeyChange(KeyChangeSupport::Works);
        QVERIFY(world.rollOver());
        QCOMPARE(world.stored().keyThumbprint, world.serversKey());
    }

    void finishesAChangeOnlyWithTheKeyItBeganWith()
    {
        World world;
        world.server.failNext(Step::KeyChange, Fault::ResetBeforeProcessing);
        QVERIFY(!world.rollOver(KeyType::EcP384));
        const auto other = world.rollOver(KeyType::Ed25519);
        QVERIFY(!other);
        QCOMPARE(other.error().field(), u"keyType"_s);
        QVERIFY(world.rollOver(KeyType::EcP384));
        QCOMPARE(world.stored().keyType, KeyType::EcP384);
    }

    void givesAChangeUpOnlyWhereTheServerStillHasTheOldKey()
    {
        World world;
        auto& keys = world.workshop.engine().accountKeys();
        world.server.failNext(Step::KeyChange, Fault::ResetBeforeProcessing);
        QVERIFY(!world.rollOver());
        QVERIFY(await(keys.abandonRollover(world.account.id, {})));
        QVERIFY(!world.stored().rollover);
        QCOMPARE(world.stored().keyThumbprint, world.account.keyThumbprint);
        world.loseTheOutcome();
        QVERIFY(!world.rollOver());
        QVERIFY(!await(keys.abandonRollover(world.account.id, {}))); // nobody knows yet
        QVERIFY(world.stored().rollover);
        world.server.clearFaults();
        QVERIFY(await(keys.abandonRollover(world.account.id, {})));
        QCOMPARE(world.stored().keyThumbprint, world.serversKey());
        QVERIFY(world.canIssue(u"after.test"_s));
    }

    void letsARunningOrderGoOnWithTheNewKey()
    {
        World world;
        const auto id = world.placeOrderThatStaysProcessing();
        QVERIFY(id);
        QTRY_VERIFY(world.server.requests(Step::Finalize) == 1);
        QVERIFY(world.rollOver());
        world.server.setProcessingPolls(0);
        const auto ended = await(world.workshop.engine().orders().waitFor(*id), 60);
        QVERIFY(ended);
        QVERIFY2(ended->state == lifecycle::OrderState::Issued,
                 qPrintable(ended->error ? ended->error->message() : QString()));
        QCOMPARE(world.server.ordersCreated(), 1);
    }

    void letsAnOrderGoOnThatMeetsAnUnsettledChange()
    {
        World world;
        const auto id = world.placeOrderThatStaysProcessing();
        QTRY_VERIFY(world.server.requests(Step::Finalize) == 1);
        world.loseTheOutcome();
        QVERIFY(!world.rollOver());
        world.server.clearFaults();
        world.server.setProcessingPolls(0);
        auto ended = await(world.workshop.engine().orders().waitFor(*id), 60);
        if (ended->state != lifecycle::OrderState::Issued) { // it met the lost connection itself
            QVERIFY(await(world.workshop.engine().orders().resume(*id)));
            ended = await(world.workshop.engine().orders().waitFor(*id), 60);
        }
        QCOMPARE(ended->state, lifecycle::OrderState::Issued);
        QCOMPARE(world.stored().keyThumbprint, world.serversKey());
    }

    void waitsUntilNamesAreValidated()
    {
        World world;
        auto lease = world.holdOrderInValidation();
        QList<RolloverStep> steps;
        const auto notice = [&](RolloverStep step) {
            steps.append(step);
            if (steps.count(RolloverStep::WaitingForOrders) == 3)
                lease.reset();
        };
        QVERIFY(world.rollOver({}, notice));
        QCOMPARE(steps.count(RolloverStep::WaitingForOrders), 3);
        QCOMPARE(steps.last(), RolloverStep::Confirmed);
    }

    void doesNotWaitForEverForNamesThatAreValidated()
    {
        World world;
        const auto lease = world.holdOrderInValidation();
        const QDateTime began = world.workshop.clock().now();
        QVERIFY(world.rollOver());
        QVERIFY(began.secsTo(world.workshop.clock().now()) >= 120);
    }

    void letsOneProcessChangeAKeyAtATime()
    {
        World world;
        auto lease = world.workshop.storage().leases().acquire(u"rollover:"_s + world.account.id).value();
        const auto busy = world.rollOver();
        QVERIFY(!busy);
        QCOMPARE(busy.error().code(), ErrorCode::Busy);
        std::stop_source stop;
        stop.request_stop();
        const auto waiting = await(world.workshop.engine().accountKeys().signer(world.account.id, stop.get_token()));
        QVERIFY(!waiting);
        QCOMPARE(waiting.error().code(), ErrorCode::Cancelled);
        lease.reset();
        QVERIFY(world.rollOver());
    }

    void refusesADeactivatedAccount()
    {
        World world;
        QVERIFY(await(world.workshop.engine().accounts().deactivate(world.account.id, {})));
        const auto refused = world.rollOver();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::InvalidInput);
        QCOMPARE(world.server.requests(Step::KeyChange), 0);
    }
};

SEALWRIGHT_TEST(TestAccountKeys)

} // namespace tst_account_keys

#include "tst_account_keys.moc"
