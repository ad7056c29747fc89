// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_words.h"
#include "lifecycle/event.h"
#include "lifecycle/repositories.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTest>

namespace tst_accounts {

using namespace Qt::StringLiterals;
using lifecycle::Account;
using lifecycle::EabCredential;
using support::await;
using support::Fault;
using support::Step;

namespace {

const QByteArray macKey = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

lifecycle::SharedSecret secret(const QByteArray& text)
{
    return std::make_shared<const base::Secret>(text);
}

} // namespace

/// Accounts and their bindings against a server that goes wrong on request.
class TestAccounts : public QObject {
    Q_OBJECT

    struct World {
        World() { authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem()); }

        lifecycle::AccountDetails details() const
        {
            lifecycle::AccountDetails details;
            details.authorityId = authority.id;
            details.contacts = {u"pki@corp.example"_s};
            details.termsAgreed = true;
            return details;
        }

        lifecycle::EabDetails credential(const QByteArray& keyText) const
        {
            lifecycle::EabDetails details;
            details.authorityId = authority.id;
            details.kid = u"kid-1"_s;
            details.keyText = secret(keyText);
            return details;
        }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void changesContactsOnlyWhereTheAuthorityTookThem()
    {
        World world;
        auto& accounts = world.workshop.engine().accounts();
        const auto account = await(accounts.registerAccount(world.details(), {}));
        QVERIFY(account);
        QVERIFY(!await(accounts.updateContacts(account->id, {u"nobody"_s}, {})));
        QCOMPARE(world.server.requests(Step::Account), 0);
        world.server.failNext(Step::Account, Fault::InternalErrorHtml, 10);
        QVERIFY(!await(accounts.updateContacts(account->id, {u"new@corp.example"_s}, {})));
        QCOMPARE(await(accounts.byId(account->id))->contacts, QStringList {u"mailto:pki@corp.example"_s});
        world.server.clearFaults();
        QVERIFY(await(accounts.updateContacts(account->id, {u"new@corp.example"_s}, {})));
        QCOMPARE(await(accounts.byId(account->id))->contacts, QStringList {u"mailto:new@corp.example"_s});
    }

    void findsTheAccountOfItsKeyWithoutMakingOne()
    {
        World world;
        auto& accounts = world.workshop.engine().accounts();
        const auto account = await(accounts.registerAccount(world.details(), {}));
        QVERIFY(account);
        Account moved = *account;
        moved.url = QUrl(u"https://old.example/account/1"_s);
        QVERIFY(await(world.workshop.storage().accounts().update(moved)));
        const auto found = await(accounts.findByKey(account->id, {}));
        QVERIFY(found);
        QCOMPARE(await(accounts.byId(account->id))->url, account->url);
        QCOMPARE(world.server.accountsCreated(), 1);
    }

    void agreesToChangedTermsAndRemembersWhichAndWhen()
    {
        World world;
        auto& accounts = world.workshop.engine().accounts();
        const auto account = await(accounts.registerAccount(world.details(), {}));
        QVERIFY(account);
        QCOMPARE(account->termsUrl, QUrl(u"https://ca.test/terms"_s));
        QCOMPARE(account->termsAgreedAt, account->createdAt);
        const QUrl newTerms(u"https://ca.test/terms-2"_s);
        world.server.setTerms(newTerms);
        const auto refused = world.workshop.issue(world.workshop.request(world.authority.id, {u"a.test"_s}));
        QVERIFY(refused && refused->error && refused->error->problem());
        QVERIFY(refused->error->problem()->is(u"userActionRequired"));
        const auto told = await(accounts.byId(account->id));
        QVERIFY(told->refusal && told->refusal->problem()->is(u"userActionRequired"));
        QVERIFY(told->refusedAt.isValid());
        const auto stale = await(accounts.agreeToTerms(account->id, account->termsUrl, {}));
        QVERIFY(!stale);
        QCOMPARE(stale.error().field(), u"terms"_s);
        QVERIFY2(stale.error().detail().contains(newTerms.toString()), qPrintable(stale.error().detail()));
        const auto agreed = await(accounts.agreeToTerms(account->id, newTerms, {}));
        QVERIFY2(agreed, agreed ? "" : qPrintable(agreed.error().message()));
        QCOMPARE(await(accounts.byId(account->id))->termsUrl, newTerms);
        const auto authority = await(world.workshop.engine().authorities().all())->first();
        QVERIFY(lifecycle::changedTerms(*await(accounts.byId(account->id)), authority).isEmpty());
        QVERIFY(!lifecycle::changedTerms(*account, authority).isEmpty());
        const auto issued = world.workshop.issue(world.workshop.request(world.authority.id, {u"b.test"_s}));
        QCOMPARE(issued->state, lifecycle::OrderState::Issued);
    }

    void listsOrdersInPartsAndTellsWhichAreOurs()
    {
        World world;
        auto& accounts = world.workshop.engine().accounts();
        const auto account = await(accounts.registerAccount(world.details(), {}));
        for (int i = 0; i < 22; ++i)
            QVERIFY(world.workshop.issue(world.workshop.request(world.authority.id, {u"n%1.test"_s.arg(i)})));
        auto page = await(accounts.orders(account->id, {}, {}));
        QVERIFY2(page, page ? "" : qPrintable(page.error().message()));
        QCOMPARE(page->orders.size(), 20);
        QCOMPARE(page->orders.first().names, QStringList(u"n0.test"_s));
        QCOMPARE(page->orders.first().state, u"valid"_s);
        QVERIFY(page->orders.first().ours);
        QVERIFY(page->orders.first().expires.isValid());
        QVERIFY(page->next);
        world.server.failNext(Step::Order, Fault::InternalErrorHtml, 3);
        page = await(accounts.orders(account->id, *page->next, {}));
        QVERIFY(page);
        QCOMPARE(page->orders.size(), 2);
        QVERIFY(!page->next);
        world.server.setHasOrderList(false);
        const auto none = await(accounts.orders(account->id, {}, {}));
        QVERIFY(!none);
        QCOMPARE(none.error().code(), base::ErrorCode::Unsupported);
        QCOMPARE(none.error().detail(), u"the authority has no list of orders"_s);
    }

    void tellsWhatEndsWithAnAccount()
    {
        World world;
        auto& accounts = world.workshop.engine().accounts();
        const auto account = await(accounts.registerAccount(world.details(), {}));
        QCOMPARE(await(accounts.dependents(account->id))->certificateCount, 0);
        QVERIFY(world.workshop.issue(world.workshop.request(world.authority.id, {u"a.test"_s, u"b.test"_s})));
        const auto dependents = await(accounts.dependents(account->id));
        QCOMPARE(dependents->certificates, QStringList(u"a.test, b.test"_s));
        QCOMPARE(dependents->certificateCount, 1);
        QVERIFY(dependents->unfinishedOrders.isEmpty());
        QCOMPARE(await(accounts.byId(account->id))->certificates, 1);
    }

    void deactivatesForGoodAndKeepsTheKey()
    {
        World world;
        auto& accounts = world.workshop.engine().accounts();
        const auto account = await(accounts.registerAccount(world.details(), {}));
        QVERIFY(account);
        world.server.failNext(Step::Account, Fault::InternalErrorHtml, 10);
        QVERIFY(!await(accounts.deactivate(account->id, {})));
        QCOMPARE(await(accounts.byId(account->id))->status, Account::Status::Valid);
        world.server.clearFaults();
        const int before = world.server.requests(Step::Account);
        QVERIFY(await(accounts.deactivate(account->id, {})));
        QCOMPARE(world.server.requests(Step::Account), before + 1);
        const auto events = await(world.workshop.engine().events().page({}));
        QCOMPARE(events->at(0).action, u"account.deactivate"_s);
        QCOMPARE(events->at(0).outcome, u"done"_s);
        QCOMPARE(events->at(1).outcome, u"failed"_s);
        QCOMPARE(await(accounts.byId(account->id))->status, Account::Status::Deactivated);
        QVERIFY(!await(world.workshop.storage().accounts().sealedKey(account->id))->isEmpty());
        QVERIFY(!await(accounts.onlyOneOf(world.authority.id)));
    }

    void learnsOfADeactivationWhoseReplyWasLost()
    {
        World world;
        auto& accounts = world.workshop.engine().accounts();
        const auto account = await(accounts.registerAccount(world.details(), {}));
        QVERIFY(account);
        world.server.failNext(Step::Account, Fault::ResetAfterProcessing);
        QVERIFY(!await(accounts.deactivate(account->id, {})));
        const auto again = await(accounts.deactivate(account->id, {}));
        QVERIFY2(again, qPrintable(again ? QString() : again.error().message()));
        QCOMPARE(await(accounts.byId(account->id))->status, Account::Status::Deactivated);
        QCOMPARE(await(accounts.byId(account->id))->url, account->url);
    }

    void registersOneAccountWhateverGoesWrongOnce_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("reset before") << int(Fault::ResetBeforeProcessing);
        QTest::newRow("reset after") << int(Fault::ResetAfterProcessing);
        QTest::newRow("delivered twice") << int(Fault::DeliveredTwice);
        QTest::newRow("500 HTML") << int(Fault::InternalErrorHtml);
        QTest::newRow("429") << int(Fault::RateLimitedSeconds);
        QTest::newRow("truncated") << int(Fault::TruncatedJson);
        QTest::newRow("no Location") << int(Fault::MissingLocation);
    }

    void registersOneAccountWhateverGoesWrongOnce()
    {
        QFETCH(int, fault);
        World world;
        world.server.failNext(Step::NewAccount, Fault(fault));
        auto account = await(world.workshop.engine().accounts().registerAccount(world.details(), {}));
        if (!account) {
            QVERIFY(!account.error().detail().isEmpty());
            const auto kept = await(world.workshop.engine().accounts().all());
            QCOMPARE(kept->size(), 1);
            QCOMPARE(kept->first().status, Account::Status::Pending);
            account = await(world.workshop.engine().accounts().resume(kept->first().id, {}));
        }
        QVERIFY2(account, account ? "" : qPrintable(account.error().message()));
        QCOMPARE(account->status, Account::Status::Valid);
        QVERIFY(!account->url.isEmpty());
        QCOMPARE(world.server.accountsCreated(), 1);
        QCOMPARE(await(world.workshop.engine().accounts().all())->size(), 1);
    }

    void spendsACredentialOnceWhateverGoesWrongOnce_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("reset before") << int(Fault::ResetBeforeProcessing);
        QTest::newRow("reset after") << int(Fault::ResetAfterProcessing);
        QTest::newRow("delivered twice") << int(Fault::DeliveredTwice);
        QTest::newRow("bad nonce") << int(Fault::BadNonce);
        QTest::newRow("mute bad nonce") << int(Fault::MuteBadNonce);
        QTest::newRow("500 HTML") << int(Fault::InternalErrorHtml);
        QTest::newRow("429") << int(Fault::RateLimitedSeconds);
        QTest::newRow("429 with a date") << int(Fault::RateLimitedDate);
        QTest::newRow("truncated") << int(Fault::TruncatedJson);
        QTest::newRow("cut") << int(Fault::CutBody);
        QTest::newRow("no Location") << int(Fault::MissingLocation);
        QTest::newRow("no nonce") << int(Fault::MissingNonce);
        QTest::newRow("relative URLs") << int(Fault::RelativeUrls);
        QTest::newRow("unknown status") << int(Fault::UnknownStatus);
        QTest::newRow("huge body") << int(Fault::HugeBody);
        QTest::newRow("redirect") << int(Fault::RedirectToHttp);
        QTest::newRow("refused after the first copy") << int(Fault::RefusedSecondCopy);
    }

    void spendsACredentialOnceWhateverGoesWrongOnce()
    {
        QFETCH(int, fault);
        World world;
        world.server.setExternalAccounts({{u"kid-1"_s, macKey}});
        const auto added = await(world.workshop.engine().accounts().addCredential(world.credential(macKey.toBase64())));
        auto details = world.details();
        details.eabCredentialId = added->credential.id;
        world.server.failNext(Step::NewAccount, Fault(fault));
        auto account = await(world.workshop.engine().accounts().registerAccount(details, {}));
        if (!account) {
            const auto credential = await(world.workshop.engine().accounts().credentials())->first();
            QCOMPARE(credential.state, EabCredential::State::Reserved);
            world.workshop.restart();
            const auto kept = await(world.workshop.engine().accounts().all());
            QCOMPARE(kept->size(), 1);
            account = await(world.workshop.engine().accounts().resume(kept->first().id, {}));
        }
        QVERIFY2(account, account ? "" : qPrintable(account.error().message()));
        QCOMPARE(account->status, Account::Status::Valid);
        QCOMPARE(world.server.accountThumbprints(), QStringList {account->keyThumbprint});
        QCOMPARE(world.server.spentCredentials(), QStringList {u"kid-1"_s});
        const auto credential = await(world.workshop.engine().accounts().credentials())->first();
        QCOMPARE(credential.state, EabCredential::State::Bound);
        QCOMPARE(credential.accountId, account->id);
    }

    void bindsACredentialAndRemembersWhichAccountUsedIt()
    {
        World world;
        world.server.setExternalAccounts({{u"kid-1"_s, macKey}});
        const QByteArray text = macKey.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        const auto added = await(world.workshop.engine().accounts().addCredential(world.credential(text)));
        QVERIFY(added);
        QCOMPARE(added->keyBytes, 32);
        auto details = world.details();
        details.eabCredentialId = added->credential.id;
        const auto account = await(world.workshop.engine().accounts().registerAccount(details, {}));
        QVERIFY2(account, account ? "" : qPrintable(account.error().message()));
        const auto credentials = await(world.workshop.engine().accounts().credentials());
        QCOMPARE(credentials->first().state, EabCredential::State::Bound);
        QCOMPARE(credentials->first().accountId, account->id);
    }

    void asksBeforeDecodingAKeyOnceMore()
    {
        World world;
        const QByteArray twice = macKey.toBase64().toBase64();
        auto details = world.credential(twice);
        const auto asked = await(world.workshop.engine().accounts().addCredential(details));
        QVERIFY(asked);
        QVERIFY(asked->needsAnswer);
        QVERIFY(await(world.workshop.engine().accounts().credentials())->isEmpty());
        details.decodeOnceMore = true;
        const auto added = await(world.workshop.engine().accounts().addCredential(details));
        QVERIFY(added);
        QCOMPARE(added->keyBytes, 32);
    }

    void storesNothingForBadInput()
    {
        World world;
        const auto badKey = await(world.workshop.engine().accounts().addCredential(world.credential("not base64 !!")));
        QVERIFY(!badKey);
        QCOMPARE(badKey.error().field(), u"eabKey"_s);
        auto details = world.details();
        details.contacts = {u"no address"_s};
        const auto badContact = await(world.workshop.engine().accounts().registerAccount(details, {}));
        QVERIFY(!badContact);
        QCOMPARE(badContact.error().field(), u"contacts"_s);
        QVERIFY(await(world.workshop.engine().accounts().all())->isEmpty());
        QVERIFY(await(world.workshop.engine().accounts().credentials())->isEmpty());
    }

    void forgetsTheKeyOfARefusedRegistrationAndSaysSoOfTheCredential()
    {
        World world;
        world.server.setExternalAccounts({{u"another"_s, macKey}});
        const auto added = await(world.workshop.engine().accounts().addCredential(world.credential(macKey.toBase64())));
        QVERIFY(added);
        auto details = world.details();
        details.eabCredentialId = added->credential.id;
        const auto account = await(world.workshop.engine().accounts().registerAccount(details, {}));
        QVERIFY(!account);
        QVERIFY(account.error().problem());
        QVERIFY(await(world.workshop.engine().accounts().all())->isEmpty());
        const auto credentials = await(world.workshop.engine().accounts().credentials());
        QCOMPARE(credentials->first().state, EabCredential::State::Refused);
    }

    void recordsWhoDidWhatWithWhichOutcome()
    {
        World world;
        QVERIFY(await(world.workshop.engine().accounts().registerAccount(world.details(), {})));
        const auto events = await(world.workshop.engine().events().page({}));
        QCOMPARE(events->size(), 2);
        QCOMPARE(events->at(0).action, u"account.register"_s);
        QCOMPARE(events->at(0).outcome, u"done"_s);
        QCOMPARE(events->at(0).actor.user, u"tester"_s);
        QCOMPARE(events->at(1).action, u"authority.add"_s);
    }
};

SEALWRIGHT_TEST(TestAccounts)

} // namespace tst_accounts

#include "tst_accounts.moc"
