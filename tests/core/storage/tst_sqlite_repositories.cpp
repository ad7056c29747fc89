// SPDX-License-Identifier: Apache-2.0
#include "records.h"
#include "storage/sqlite_account_repository.h"
#include "storage/sqlite_authority_repository.h"
#include "storage/sqlite_event_log.h"
#include "support/test_program.h"

namespace tst_sqlite_repositories {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::Account;
using lifecycle::EabCredential;
using support::await;

namespace {

struct Fixture {
    records::Folder folder;
    std::unique_ptr<storage::Database> database = folder.database();
    storage::SqliteAuthorityRepository authorities {*database};
    storage::SqliteAccountRepository accounts {*database};
    storage::SqliteEventLog events {*database};

    Fixture()
    {
        [this] { QVERIFY(await(authorities.insert(records::authority(u"ca"_s, u"Internal"_s)))); }();
    }

    EabCredential onlyCredential() { return await(accounts.credentials()).value().value(0); }
};

} // namespace

class TestSqliteRepositories : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackTheWholeAuthority()
    {
        Fixture fixture;
        const auto stored = await(fixture.authorities.byId(u"ca"_s)).value();
        const auto given = records::authority(u"ca"_s, u"Internal"_s);
        QCOMPARE(stored.name, given.name);
        QCOMPARE(stored.directoryUrl, given.directoryUrl);
        QCOMPARE(stored.rootsPem, given.rootsPem);
        QCOMPARE(stored.proxy, given.proxy);
        QCOMPARE(stored.resolvers, given.resolvers);
        QCOMPARE(stored.meta.kind, given.meta.kind);
        QCOMPARE(stored.meta.termsOfService, given.meta.termsOfService);
        QCOMPARE(stored.meta.profiles, given.meta.profiles);
        QCOMPARE(stored.meta.caaIdentities, given.meta.caaIdentities);
        QVERIFY(stored.meta.externalAccountRequired && stored.meta.renewalInfo);
        QCOMPARE(stored.checkedAt, given.checkedAt);
        QCOMPARE(stored.createdAt, given.createdAt);
    }

    void keepsRootsOfIssuingAndSealedProxyCredentialsOfAnAuthority()
    {
        Fixture fixture;
        auto changed = records::authority(u"ca"_s, u"Internal"_s);
        changed.issuingRootsPem = "-----BEGIN CERTIFICATE----- issuing";
        changed.proxyCredentials = QByteArray("sealed\0bytes", 12);
        QVERIFY(await(fixture.authorities.update(changed)));
        const auto stored = await(fixture.authorities.byId(u"ca"_s)).value();
        QCOMPARE(stored.issuingRootsPem, changed.issuingRootsPem);
        QCOMPARE(stored.proxyCredentials, changed.proxyCredentials);
    }

    void keepsALookAStopAndARateLimitApart()
    {
        Fixture fixture;
        QVERIFY(await(fixture.authorities.conditions())->isEmpty());
        lifecycle::AuthorityCondition look;
        look.authorityId = u"ca"_s;
        look.checkedAt = records::at(1);
        look.latencyMs = 12;
        look.clockOffsetMs = -61'000;
        look.error = base::Error(ErrorCode::Protocol, u"HTTP 500"_s);
        QVERIFY(await(fixture.authorities.noteLook(look)));
        lifecycle::AuthorityCondition stop;
        stop.authorityId = u"ca"_s;
        stop.stoppedAt = records::at(2);
        stop.stopReason = u"another root"_s;
        stop.servedPem = "served";
        QVERIFY(await(fixture.authorities.noteStop(stop)));
        QVERIFY(await(fixture.authorities.noteRateLimit(u"ca"_s, records::at(3))));
        const auto all = await(fixture.authorities.conditions()).value();
        QCOMPARE(all.size(), 1);
        const lifecycle::AuthorityCondition found = all.first();
        QCOMPARE(found.checkedAt, look.checkedAt);
        QCOMPARE(found.latencyMs, 12);
        QCOMPARE(found.clockOffsetMs.value(), -61'000);
        QCOMPARE(found.error->detail(), u"HTTP 500"_s);
        QCOMPARE(found.stoppedAt, stop.stoppedAt);
        QCOMPARE(found.stopReason, stop.stopReason);
        QCOMPARE(found.servedPem, stop.servedPem);
        QCOMPARE(found.rateLimitedUntil, records::at(3));
        QVERIFY(await(fixture.authorities.remove(u"ca"_s)));
        QVERIFY(await(fixture.authorities.conditions())->isEmpty());
        QVERIFY(!await(fixture.authorities.noteLook(look)));
    }

    void listsAuthoritiesByName()
    {
        Fixture fixture;
        QVERIFY(await(fixture.authorities.insert(records::authority(u"b"_s, u"alpha"_s))));
        QVERIFY(await(fixture.authorities.insert(records::authority(u"c"_s, u"Zeta"_s))));
        QStringList names;
        const auto found = await(fixture.authorities.all()).value();
        for (const auto& authority : found)
            names.append(authority.name);
        QCOMPARE(names, QStringList({u"alpha"_s, u"Internal"_s, u"Zeta"_s}));
    }

    void refusesAnAuthorityNameThatDiffersInCaseOnly()
    {
        Fixture fixture;
        const auto inserted = await(fixture.authorities.insert(records::authority(u"2"_s, u"INTERNAL"_s)));
        QVERIFY(!inserted);
        QCOMPARE(inserted.error().code(), ErrorCode::AlreadyExists);
        QCOMPARE(inserted.error().field(), u"name"_s);
        QVERIFY(await(fixture.authorities.insert(records::authority(u"3"_s, u"Büro"_s))));
        QVERIFY(!await(fixture.authorities.insert(records::authority(u"4"_s, u"BÜRO"_s))));
        const auto renamed = await(fixture.authorities.update(records::authority(u"3"_s, u"internal"_s)));
        QVERIFY(!renamed);
        QCOMPARE(renamed.error().code(), ErrorCode::AlreadyExists);
    }

    void renamesAnAuthorityToItsOwnNameInAnotherCase()
    {
        Fixture fixture;
        QVERIFY(await(fixture.authorities.update(records::authority(u"ca"_s, u"INTERNAL"_s))));
        QCOMPARE(await(fixture.authorities.byId(u"ca"_s)).value().name, u"INTERNAL"_s);
    }

    void tellsThatAnAuthorityDoesNotExist()
    {
        Fixture fixture;
        QCOMPARE(await(fixture.authorities.byId(u"x"_s)).error().code(), ErrorCode::NotFound);
        QCOMPARE(await(fixture.authorities.update(records::authority(u"x"_s, u"X"_s))).error().code(),
                 ErrorCode::NotFound);
        QCOMPARE(await(fixture.authorities.remove(u"x"_s)).error().code(), ErrorCode::NotFound);
    }

    void removesAnAuthorityOnlyWhenNothingBelongsToIt()
    {
        Fixture fixture;
        QVERIFY(await(fixture.accounts.insert(records::account(u"acc"_s, u"ca"_s), "sealed")));
        const auto removed = await(fixture.authorities.remove(u"ca"_s));
        QVERIFY(!removed);
        QCOMPARE(removed.error().code(), ErrorCode::Busy);
        QVERIFY(removed.error().detail().contains(u"1 account and 0 certificates"_s));
        QVERIFY(await(fixture.authorities.byId(u"ca"_s)));
        QVERIFY(await(fixture.accounts.remove(u"acc"_s)));
        QVERIFY(await(fixture.authorities.remove(u"ca"_s)));
        QCOMPARE(await(fixture.authorities.byId(u"ca"_s)).error().code(), ErrorCode::NotFound);
    }

    void keepsAnAccountWithItsKey()
    {
        Fixture fixture;
        auto account = records::account(u"acc"_s, u"ca"_s);
        QVERIFY(await(fixture.accounts.insert(account, "sealed\0bytes"_ba)));
        QCOMPARE(await(fixture.accounts.sealedKey(u"acc"_s)).value(), "sealed\0bytes"_ba);
        QCOMPARE(await(fixture.accounts.byId(u"acc"_s)).value().status, Account::Status::Pending);

        account.url = QUrl(u"https://ca.example/acct/1"_s);
        account.status = Account::Status::Valid;
        account.termsAgreed = true;
        account.lastUsedAt = records::at(5);
        QVERIFY(await(fixture.accounts.update(account)));
        const auto stored = await(fixture.accounts.all()).value().value(0);
        QCOMPARE(stored.url, account.url);
        QCOMPARE(stored.status, Account::Status::Valid);
        QVERIFY(stored.termsAgreed);
        QCOMPARE(stored.lastUsedAt, account.lastUsedAt);
        QCOMPARE(stored.contacts, account.contacts);
        QVERIFY(stored.keyType == crypto::KeyType::EcP384);
        QCOMPARE(stored.keyThumbprint, account.keyThumbprint);
        QCOMPARE(await(fixture.accounts.sealedKey(u"x"_s)).error().code(), ErrorCode::NotFound);
    }

    void refusesAnAccountOfAnUnknownAuthority()
    {
        Fixture fixture;
        const auto inserted = await(fixture.accounts.insert(records::account(u"acc"_s, u"nowhere"_s), "sealed"));
        QVERIFY(!inserted);
        QCOMPARE(inserted.error().code(), ErrorCode::Storage);
    }

    void followsACredentialThroughARegistration()
    {
        Fixture fixture;
        QVERIFY(await(fixture.accounts.insertCredential(records::credential(u"eab"_s, u"ca"_s, u"kid-1"_s), "hmac")));
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Unused);
        QCOMPARE(await(fixture.accounts.sealedCredentialKey(u"eab"_s)).value(), "hmac"_ba);

        auto account = records::account(u"acc"_s, u"ca"_s);
        account.eabCredentialId = u"eab"_s;
        QVERIFY(await(fixture.accounts.insert(account, "sealed")));
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Reserved);
        QCOMPARE(fixture.onlyCredential().accountId, u"acc"_s);

        account.status = Account::Status::Valid;
        account.url = QUrl(u"https://ca.example/acct/1"_s);
        account.lastUsedAt = records::at(30);
        QVERIFY(await(fixture.accounts.confirm(account)));
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Bound);
        QCOMPARE(fixture.onlyCredential().boundAt, records::at(30));
        QCOMPARE(await(fixture.accounts.byId(u"acc"_s)).value().status, Account::Status::Valid);
    }

    void storesNeitherAccountNorReservationWithoutTheOther()
    {
        Fixture fixture;
        auto account = records::account(u"acc"_s, u"ca"_s);
        account.eabCredentialId = u"missing"_s;
        QCOMPARE(await(fixture.accounts.insert(account, "sealed")).error().code(), ErrorCode::NotFound);
        QCOMPARE(await(fixture.accounts.byId(u"acc"_s)).error().code(), ErrorCode::NotFound);

        QVERIFY(await(fixture.accounts.insertCredential(records::credential(u"eab"_s, u"ca"_s, u"kid-1"_s), "hmac")));
        account.eabCredentialId = u"eab"_s;
        account.authorityId = u"nowhere"_s;
        QVERIFY(!await(fixture.accounts.insert(account, "sealed")));
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Unused);
    }

    void keepsACredentialForTheAccountThatWasFaster()
    {
        Fixture fixture;
        QVERIFY(await(fixture.accounts.insertCredential(records::credential(u"eab"_s, u"ca"_s, u"kid-1"_s), "hmac")));
        auto account = records::account(u"first"_s, u"ca"_s);
        account.eabCredentialId = u"eab"_s;
        QVERIFY(await(fixture.accounts.insert(account, "sealed")));
        account.id = u"second"_s;
        const auto late = await(fixture.accounts.insert(account, "sealed"));
        QCOMPARE(late.error().field(), u"eab"_s);
        QCOMPARE(await(fixture.accounts.byId(u"second"_s)).error().code(), ErrorCode::NotFound);
        QCOMPARE(fixture.onlyCredential().accountId, u"first"_s);
    }

    void freesTheCredentialOfAnAccountThatIsForgotten()
    {
        Fixture fixture;
        QVERIFY(await(fixture.accounts.insertCredential(records::credential(u"eab"_s, u"ca"_s, u"kid-1"_s), "hmac")));
        auto account = records::account(u"acc"_s, u"ca"_s);
        account.eabCredentialId = u"eab"_s;
        QVERIFY(await(fixture.accounts.insert(account, "sealed")));
        QVERIFY(await(fixture.accounts.remove(u"acc"_s)));
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Unused);
        QVERIFY(fixture.onlyCredential().accountId.isEmpty());
        QCOMPARE(await(fixture.accounts.remove(u"acc"_s)).error().code(), ErrorCode::NotFound);
    }

    void refusesAKeyIdentifierTwicePerAuthority()
    {
        Fixture fixture;
        QVERIFY(await(fixture.authorities.insert(records::authority(u"other"_s, u"Other"_s))));
        QVERIFY(await(fixture.accounts.insertCredential(records::credential(u"1"_s, u"ca"_s, u"kid"_s), "hmac")));
        QVERIFY(await(fixture.accounts.insertCredential(records::credential(u"2"_s, u"other"_s, u"kid"_s), "hmac")));
        const auto again =
            await(fixture.accounts.insertCredential(records::credential(u"3"_s, u"ca"_s, u"kid"_s), "h"));
        QVERIFY(!again);
        QCOMPARE(again.error().code(), ErrorCode::AlreadyExists);
        QCOMPARE(again.error().field(), u"kid"_s);
    }

    void updatesAndRemovesACredential()
    {
        Fixture fixture;
        auto credential = records::credential(u"eab"_s, u"ca"_s, u"kid"_s);
        QVERIFY(await(fixture.accounts.insertCredential(credential, "hmac")));
        credential.state = EabCredential::State::Spent; // as it was once read, by somebody who corrects the label
        credential.label = u"mail team"_s;
        QVERIFY(await(fixture.accounts.updateCredential(credential)));
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Unused);
        QCOMPARE(fixture.onlyCredential().label, u"mail team"_s);
        using State = EabCredential::State;
        QVERIFY(await(fixture.accounts.settleCredential(u"eab"_s, State::Unused, State::Refused, u"no"_s)));
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Refused);
        QCOMPARE(fixture.onlyCredential().refusal, u"no"_s);
        const auto late = await(fixture.accounts.settleCredential(u"eab"_s, State::Unused, State::Spent, QString()));
        QCOMPARE(late.error().code(), ErrorCode::NotFound);
        QVERIFY(fixture.onlyCredential().state == EabCredential::State::Refused);
        QVERIFY(await(fixture.accounts.removeCredential(u"eab"_s)));
        QVERIFY(await(fixture.accounts.credentials()).value().isEmpty());
        QCOMPARE(await(fixture.accounts.removeCredential(u"eab"_s)).error().code(), ErrorCode::NotFound);
    }

    void findsEventsByTheirWords()
    {
        Fixture fixture;
        const lifecycle::Actor bob {u"Bob"_s, lifecycle::Origin::Agent};
        QVERIFY(await(fixture.events.append(
            {0, records::at(1), bob, u"authority.add"_s, u"1"_s, u"Internal"_s, u"done"_s, u""_s})));
        QVERIFY(await(fixture.events.append({0, records::at(2), bob, u"certificate.issue"_s, u"2"_s, u"www_1.example"_s,
                                             u"failed"_s, u"100% sure"_s})));
        const auto all = await(fixture.events.page({})).value();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all[0].action, u"certificate.issue"_s); // newest first
        QCOMPARE(all[0].at, records::at(2));
        QCOMPARE(all[0].actor.user, u"Bob"_s);
        QVERIFY(all[0].actor.origin == lifecycle::Origin::Agent);
        QCOMPARE(all[0].outcome, u"failed"_s);
        QVERIFY(all[0].id > all[1].id);

        const auto matches = [&](const QString& filter) {
            return await(fixture.events.page({.filter = filter})).value().size();
        };
        QCOMPARE(matches(u"bob ISSUE"_s), 1);
        QCOMPARE(matches(u"internal"_s), 1);
        QCOMPARE(matches(u"0% s"_s), 1); // "%" and "_" are what they are
        QCOMPARE(matches(u"%"_s), 1);
        QCOMPARE(matches(u"www_1"_s), 1);
        QCOMPARE(matches(u"www-1"_s), 0);
        QCOMPARE(matches(u"internal issue"_s), 0);
        QCOMPARE(await(fixture.events.page({.offset = 1, .limit = 1})).value().size(), 1);
    }

    void neverChangesAnEvent()
    {
        Fixture fixture;
        QVERIFY(await(fixture.events.append(
            {0, records::at(1), {u"bob"_s, {}}, u"authority.add"_s, u"1"_s, u"Internal"_s, u"done"_s, u""_s})));
        for (const QString& sql : {u"DELETE FROM event"_s, u"UPDATE event SET outcome = 'failed'"_s}) {
            const auto changed =
                await(fixture.database->run([sql](storage::Connection& connection) { return connection.once(sql); }));
            QVERIFY(!changed);
            QVERIFY(changed.error().detail().contains(u"append-only"_s));
        }
        QCOMPARE(await(fixture.events.page({})).value().value(0).outcome, u"done"_s);
    }
};

SEALWRIGHT_TEST(TestSqliteRepositories)

} // namespace tst_sqlite_repositories

#include "tst_sqlite_repositories.moc"
