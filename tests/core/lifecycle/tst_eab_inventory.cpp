// SPDX-License-Identifier: Apache-2.0
#include "acme/server_traits.h"
#include "lifecycle/bulk_registration.h"
#include "lifecycle/credential_import.h"
#include "lifecycle/eab_rules.h"
#include "lifecycle/event.h"
#include "lifecycle/repositories.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_eab_inventory {

using namespace Qt::StringLiterals;
using lifecycle::Account;
using lifecycle::BulkRegistrationOutcome;
using lifecycle::CredentialImportLine;
using lifecycle::EabCredential;
using lifecycle::EabFate;
using support::await;
using support::Fault;
using support::Step;
using State = EabCredential::State;
using Verdict = CredentialImportLine::Verdict;

namespace {

const QByteArray macKey = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
const QByteArray keyText = macKey.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);

lifecycle::SharedSecret secret(const QByteArray& text)
{
    return std::make_shared<const base::Secret>(text);
}

QString kidOf(int number)
{
    return u"kid-%1"_s.arg(number);
}

base::Error refusal(const QString& type, int status, const QString& detail = QString())
{
    const QJsonObject json {{u"type"_s, u"urn:ietf:params:acme:error:"_s + type}, {u"detail"_s, detail}};
    return base::Error(base::ProblemDocument::fromJson(json, status));
}

} // namespace

/// The inventory of EAB credentials: what is known about each, importing many, and registering with all of them.
class TestEabInventory : public QObject {
    Q_OBJECT

    struct World {
        explicit World(int credentials = 0)
        {
            QMap<QString, QByteArray> keys;
            for (int i = 1; i <= credentials; ++i)
                keys.insert(kidOf(i), macKey);
            server.setExternalAccounts(keys);
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            for (int i = 1; i <= credentials; ++i)
                add(kidOf(i));
        }

        EabCredential add(const QString& kid, const QDateTime& expiresAt = QDateTime())
        {
            lifecycle::EabDetails details;
            details.authorityId = authority.id;
            details.kid = kid;
            details.keyText = secret(keyText);
            details.expiresAt = expiresAt;
            const auto added = await(accounts().addCredential(details));
            if (!added)
                qFatal("%s", qPrintable(added.error().message()));
            return added->credential;
        }

        lifecycle::Accounts& accounts() { return workshop.engine().accounts(); }
        EabCredential credential(const QString& kid) { return await(accounts().credential(authority.id, kid)).value(); }

        QList<BulkRegistrationOutcome> registerAll(const QStringList& ids = {})
        {
            lifecycle::BulkRegistrationRequest request;
            request.credentialIds = ids;
            request.contacts = {u"pki@corp.example"_s};
            request.termsAgreed = true;
            return await(workshop.engine().bulkRegistration().run(request, nullptr, {}), 60).value();
        }

        lifecycle::CredentialImportPreview preview(const QByteArray& csv, std::optional<bool> decodeOnceMore = {})
        {
            QFile file(folder.filePath(u"credentials.csv"_s));
            if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size() || !file.flush())
                qFatal("the file with credentials cannot be written");
            const lifecycle::CredentialFile wanted {file.fileName(), authority.name, decodeOnceMore};
            return await(workshop.engine().credentialImport().preview(wanted)).value();
        }

        QTemporaryDir folder;
        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void keepsWhoAndWhatACredentialIsFor();
    void expiresWhatNobodyUsed();
    void letsTheOperatorSayThatACredentialIsSpent();
    void previewsEveryLineAndStoresNothing();
    void importsAllOrNothing();
    void asksOnceForAllBeforeDecodingTwice();
    void readsThousandsOfLinesInThePool();
    void sealsThousandsOfKeysWhileOthersHaveTheirTurn();
    void saysThatAFileCannotBeRead();
    void registersAllOfThem();
    void leavesWhatIsBoundAloneWhenRepeated();
    void bindsACredentialOnceWhereTwoRegistrationsBeginTogether();
    void resumesAReservedCredentialWithItsKey();
    void tellsWhatFailedAndGoesOn();
    void stopsWhereItIs();
    void leavesAnAuthorityAloneThatAsksToWait();
    void knowsThatACredentialWasUsedElsewhere();
    void keepsACredentialThatWasNotLookedAt_data();
    void keepsACredentialThatWasNotLookedAt();
    void doesNotBurnACredentialOnAMissingContact();
    void learnsOfARequirementThatWasNotAnnounced();
    void judgesErrors_data();
    void judgesErrors();
};

void TestEabInventory::keepsWhoAndWhatACredentialIsFor()
{
    World world;
    const EabCredential added = world.add(u"kid"_s);
    lifecycle::EabChanges changes;
    changes.owner = u"web team"_s;
    changes.host = u"web-01"_s;
    changes.contacts = {{u"web@corp.example"_s}};
    changes.expiresAt = world.workshop.clock().now().addDays(7);
    const auto changed = await(world.accounts().updateCredential(added.id, changes));
    QVERIFY(changed);
    world.workshop.restart();
    const EabCredential stored = world.credential(u"kid"_s);
    QCOMPARE(stored.owner, u"web team"_s);
    QCOMPARE(stored.host, u"web-01"_s);
    QCOMPARE(stored.contacts, QStringList {u"mailto:web@corp.example"_s});
    QCOMPARE(stored.expiresAt.toSecsSinceEpoch(), changes.expiresAt->toSecsSinceEpoch());
    QVERIFY(stored.matches(u"WEB-01 team"_s, QString()));
    QVERIFY(!stored.matches(u"web-02"_s, QString()));
}

void TestEabInventory::expiresWhatNobodyUsed()
{
    World world(1);
    const EabCredential added = world.add(u"short"_s, world.workshop.clock().now().addDays(7));
    QCOMPARE(world.credential(u"short"_s).state, State::Unused);
    world.workshop.clock().advance(std::chrono::hours(8 * 24));
    QCOMPARE(world.credential(u"short"_s).state, State::Expired);
    QCOMPARE(world.credential(kidOf(1)).state, State::Unused);
    const auto outcomes = world.registerAll({added.id});
    QCOMPARE(outcomes.first().result, BulkRegistrationOutcome::Result::Failed);
    QCOMPARE(outcomes.first().fate.reason, EabFate::Reason::NotSent);
    QCOMPARE(world.server.requests(Step::NewAccount), 0);
    lifecycle::EabChanges longer;
    longer.expiresAt = world.workshop.clock().now().addDays(7);
    QVERIFY(await(world.accounts().updateCredential(added.id, longer)));
    QCOMPARE(world.credential(u"short"_s).state, State::Unused);
}

void TestEabInventory::letsTheOperatorSayThatACredentialIsSpent()
{
    World world(2);
    lifecycle::EabChanges spent;
    spent.state = State::Spent;
    QVERIFY(await(world.accounts().updateCredential(world.credential(kidOf(1)).id, spent)));
    QCOMPARE(world.credential(kidOf(1)).state, State::Spent);
    const auto outcomes = world.registerAll();
    QCOMPARE(outcomes.size(), 1);
    const auto refused = await(world.accounts().updateCredential(world.credential(kidOf(2)).id, spent));
    QVERIFY(!refused); // an account has it
    QCOMPARE(refused.error().field(), u"state"_s);
}

void TestEabInventory::previewsEveryLineAndStoresNothing()
{
    World world(1);
    const auto preview = world.preview("Key ID;HMAC;Alg;Expires;Contact;Authority;Colour\n"
                                       "good;"
                                       + keyText
                                       + ";hs384;2027-01-31;a@corp.example b@corp.example;;red\n"
                                         "kid-1;"
                                       + keyText
                                       + ";;;;;\n"
                                         "good;"
                                       + keyText
                                       + ";;;;;\n"
                                         "bad key;***;;;;;\n"
                                         "bad alg;"
                                       + keyText
                                       + ";RS256;;;;\n"
                                         "bad date;"
                                       + keyText
                                       + ";;soon;;;\n"
                                         "bad contact;"
                                       + keyText
                                       + ";;;nobody;;\n"
                                         "no ca;"
                                       + keyText
                                       + ";;;;Elsewhere;\n"
                                         ";"
                                       + keyText + ";;;;;\n");
    const QStringList fields {u""_s,        u""_s,         u"kid"_s,       u"eabKey"_s, u"algorithm"_s,
                              u"expires"_s, u"contacts"_s, u"authority"_s, u"kid"_s};
    QCOMPARE(preview.lines.size(), fields.size());
    for (qsizetype i = 0; i < fields.size(); ++i)
        QCOMPARE(preview.lines[i].error ? preview.lines[i].error->field() : QString(), fields[i]);
    const CredentialImportLine good = preview.lines.first();
    QCOMPARE(good.verdict, Verdict::Add);
    QCOMPARE(good.line, 2);
    QCOMPARE(good.credential.algorithm, u"HS384"_s);
    QCOMPARE(good.credential.expiresAt, QDateTime(QDate(2027, 1, 31), QTime(23, 59, 59), Qt::UTC));
    QCOMPARE(good.credential.contacts.size(), 2);
    QVERIFY(*good.key == base::Secret(macKey));
    QCOMPARE(preview.lines[1].verdict, Verdict::Known);
    QCOMPARE(preview.lines[2].error->detail(), u"line 2 has this key identifier already"_s);
    QCOMPARE(preview.ignoredColumns, QStringList {u"Colour"_s});
    QCOMPARE(await(world.accounts().credentials())->size(), 1);
}

void TestEabInventory::importsAllOrNothing()
{
    World world;
    const auto preview =
        world.preview("kid,key,owner,host\na," + keyText + ",anna,web-01\nb," + keyText + ",,WEB-01\n");
    QCOMPARE(preview.count(Verdict::Add), 2);
    world.add(u"b"_s); // somebody was faster
    const auto refused = await(world.workshop.engine().credentialImport().accept(preview));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), base::ErrorCode::AlreadyExists);
    QCOMPARE(await(world.accounts().credentials())->size(), 1);
    const auto again = world.preview("kid,key,owner,host\na," + keyText + ",anna,web-01\nb," + keyText + ",,WEB-01\n");
    QCOMPARE(await(world.workshop.engine().credentialImport().accept(again)).value(), 1);
    QCOMPARE(world.credential(u"a"_s).host, u"web-01"_s);
    QCOMPARE(await(world.workshop.engine().events().page({}))->first().action, u"eab.import"_s);
    world.server.setExternalAccounts({{u"a"_s, macKey}});
    QCOMPARE(world.registerAll({world.credential(u"a"_s).id}).first().result, BulkRegistrationOutcome::Result::Bound);
}

void TestEabInventory::asksOnceForAllBeforeDecodingTwice()
{
    World world;
    const QByteArray csv = "kid,key\na," + keyText.toBase64() + "\nb," + keyText + "\n";
    const auto asked = world.preview(csv);
    QVERIFY(asked.needsAnswer);
    QVERIFY(asked.lines[0].looksEncodedOnceMore && !asked.lines[1].looksEncodedOnceMore);
    QVERIFY(!await(world.workshop.engine().credentialImport().accept(asked)));
    const auto once = world.preview(csv, false);
    QVERIFY(!once.needsAnswer);
    QVERIFY(*once.lines[0].key == base::Secret(keyText));
    const auto twice = world.preview(csv, true);
    QVERIFY(*twice.lines[0].key == base::Secret(macKey));
    QVERIFY(*twice.lines[1].key == base::Secret(macKey));
}

void TestEabInventory::readsThousandsOfLinesInThePool()
{
    World world;
    QByteArray csv = "kid,key,owner,host\n";
    for (int i = 0; i < 3000; ++i)
        csv += "kid-" + QByteArray::number(i) + ',' + keyText + ",\"team, " + QByteArray::number(i % 40) + "\",host-"
            + QByteArray::number(i) + '\n';
    const auto preview = world.preview(csv);
    QCOMPARE(preview.count(Verdict::Add), 3000);
    QCOMPARE(await(world.workshop.engine().credentialImport().accept(preview), 60).value(), 3000);
    QCOMPARE(world.preview(csv).count(Verdict::Known), 3000);
}

void TestEabInventory::sealsThousandsOfKeysWhileOthersHaveTheirTurn()
{
    World world;
    QByteArray csv = "kid,key\n";
    for (int i = 0; i < 500; ++i)
        csv += "kid-" + QByteArray::number(i) + ',' + keyText + '\n';
    auto accepted = world.workshop.engine().credentialImport().accept(world.preview(csv));
    world.workshop.engine().vault().lock(); // whoever has a turn may do so
    QCOMPARE(await(std::move(accepted), 60).value(), 500);
    const auto sealed = [&world](const QString& kid) {
        return await(world.workshop.storage().accounts().sealedCredentialKey(world.credential(kid).id)).value();
    };
    QVERIFY(sealed(u"kid-0"_s).startsWith('\1')); // by the ring's key, as storage/key_rings.h has it
    QVERIFY(sealed(u"kid-499"_s).startsWith('\2')); // to its public key
}

void TestEabInventory::saysThatAFileCannotBeRead()
{
    World world;
    const lifecycle::CredentialFile missing {world.folder.filePath(u"nothing.csv"_s), world.authority.name, {}};
    const auto preview = await(world.workshop.engine().credentialImport().preview(missing));
    QVERIFY(!preview);
    QCOMPARE(preview.error().code(), base::ErrorCode::File);
    QCOMPARE(preview.error().field(), u"file"_s);
    QVERIFY(preview.error().detail().contains(u"nothing.csv"_s));
}

void TestEabInventory::registersAllOfThem()
{
    World world(20);
    const auto outcomes = world.registerAll();
    QCOMPARE(outcomes.size(), 20);
    QSet<QString> accounts;
    for (const BulkRegistrationOutcome& outcome : outcomes) {
        QCOMPARE(outcome.result, BulkRegistrationOutcome::Result::Bound);
        QCOMPARE(outcome.credential.state, State::Bound);
        QCOMPARE(outcome.credential.accountId, outcome.accountId);
        accounts.insert(outcome.accountId);
    }
    QCOMPARE(accounts.size(), 20);
    QCOMPARE(world.server.accountsCreated(), 20);
}

void TestEabInventory::leavesWhatIsBoundAloneWhenRepeated()
{
    World world(2);
    const auto first = world.registerAll();
    const int sent = world.server.requests(Step::NewAccount);
    QVERIFY(world.registerAll().isEmpty());
    const auto again = world.registerAll({first[0].credential.id, first[1].credential.id});
    QCOMPARE(again[0].result, BulkRegistrationOutcome::Result::WasBound);
    QCOMPARE(again[0].accountId, first[0].accountId);
    QCOMPARE(world.server.requests(Step::NewAccount), sent);
}

void TestEabInventory::bindsACredentialOnceWhereTwoRegistrationsBeginTogether()
{
    World world(1);
    lifecycle::AccountDetails details;
    details.termsAgreed = true;
    const QString id = world.credential(kidOf(1)).id;
    auto first = world.accounts().bind(id, details, {});
    auto second = world.accounts().bind(id, details, {});
    const auto one = await(std::move(first));
    const auto other = await(std::move(second));
    QVERIFY(one || other);
    const QString bound = world.credential(kidOf(1)).accountId;
    for (const auto& outcome : {one, other}) { // the later one is refused, or joins the one that has the credential
        if (outcome)
            QCOMPARE(outcome->id, bound);
        else
            QCOMPARE(outcome.error().field(), u"eab"_s);
    }
    QCOMPARE(world.server.accountsCreated(), 1);
    QCOMPARE(await(world.accounts().all())->size(), 1);
}

void TestEabInventory::resumesAReservedCredentialWithItsKey()
{
    World world(1);
    world.server.failNext(Step::NewAccount, Fault::ResetAfterProcessing);
    const auto lost = world.registerAll();
    QCOMPARE(lost.first().result, BulkRegistrationOutcome::Result::Unknown);
    QCOMPARE(lost.first().fate.spent, EabFate::Spent::Unknown);
    QCOMPARE(lost.first().credential.state, State::Reserved);
    const QString thumbprint = await(world.accounts().all())->first().keyThumbprint;
    world.workshop.restart();
    const auto resumed = world.registerAll();
    QCOMPARE(resumed.first().result, BulkRegistrationOutcome::Result::Bound);
    QCOMPARE(world.server.accountsCreated(), 1);
    const auto accounts = await(world.accounts().all());
    QCOMPARE(accounts->size(), 1);
    QCOMPARE(accounts->first().keyThumbprint, thumbprint);
    QCOMPARE(world.credential(kidOf(1)).state, State::Bound);
}

void TestEabInventory::tellsWhatFailedAndGoesOn()
{
    World world(3);
    world.server.setExternalAccounts({{kidOf(1), macKey}, {kidOf(2), QByteArray(32, 'x')}, {kidOf(3), macKey}});
    const auto outcomes = world.registerAll();
    QCOMPARE(outcomes.size(), 3);
    QCOMPARE(outcomes[0].result, BulkRegistrationOutcome::Result::Bound);
    QCOMPARE(outcomes[1].result, BulkRegistrationOutcome::Result::Failed);
    QCOMPARE(outcomes[1].fate.reason, EabFate::Reason::NotAccepted);
    QVERIFY(outcomes[1].error->message().contains(u"the external account binding is not good"_s));
    QCOMPARE(outcomes[1].credential.state, State::Refused);
    QVERIFY(outcomes[1].credential.refusal.contains(u"not good"_s));
    QCOMPARE(outcomes[2].result, BulkRegistrationOutcome::Result::Bound);
    QCOMPARE(await(world.accounts().all())->size(), 2);
}

void TestEabInventory::stopsWhereItIs()
{
    World world(30);
    std::stop_source stop;
    lifecycle::BulkRegistrationRequest request;
    request.termsAgreed = true;
    const auto watch = [&stop](lifecycle::BulkRegistrationProgress progress) {
        QCOMPARE(progress.total, 30);
        if (progress.done == 4)
            stop.request_stop();
    };
    const auto outcomes = await(world.workshop.engine().bulkRegistration().run(request, watch, stop.get_token()), 60);
    QVERIFY(outcomes);
    int bound = 0;
    int notBegun = 0;
    for (const BulkRegistrationOutcome& outcome : *outcomes) {
        bound += outcome.result == BulkRegistrationOutcome::Result::Bound ? 1 : 0;
        notBegun += outcome.result == BulkRegistrationOutcome::Result::NotBegun ? 1 : 0;
    }
    QVERIFY(bound >= 4);
    QVERIFY(notBegun >= 10);
    for (const BulkRegistrationOutcome& outcome : world.registerAll())
        QCOMPARE(outcome.result, BulkRegistrationOutcome::Result::Bound);
    QCOMPARE(world.server.accountsCreated(), 30);
    QCOMPARE(await(world.accounts().all())->size(), 30);
}

void TestEabInventory::leavesAnAuthorityAloneThatAsksToWait()
{
    World world(40);
    world.server.setAccountRefusal({{u"type"_s, u"urn:ietf:params:acme:error:rateLimited"_s},
                                    {u"detail"_s, u"too many accounts"_s},
                                    {u"status"_s, 429}});
    const auto outcomes = world.registerAll();
    QCOMPARE(outcomes.size(), 40);
    QCOMPARE(outcomes.first().error->code(), base::ErrorCode::RateLimited);
    QCOMPARE(outcomes.first().fate.reason, EabFate::Reason::Wait);
    QCOMPARE(outcomes.last().result, BulkRegistrationOutcome::Result::NotBegun);
    QCOMPARE(outcomes.last().credential.state, State::Unused);
    const auto waiting = await(world.accounts().all()).value();
    QVERIFY(waiting.size() < 20);
    QVERIFY(waiting.first().refusal);
    QCOMPARE(waiting.first().refusal->code(), base::ErrorCode::RateLimited);
    QCOMPARE(world.credential(kidOf(1)).state, State::Reserved);
    const auto removed = await(world.accounts().removeCredential(world.credential(kidOf(1)).id));
    QCOMPARE(removed.error().field(), u"state"_s); // entered anew it would be tried with another key
    world.server.setAccountRefusal({});
    for (const BulkRegistrationOutcome& outcome : world.registerAll())
        QCOMPARE(outcome.result, BulkRegistrationOutcome::Result::Bound);
    QCOMPARE(world.server.accountsCreated(), 40);
}

void TestEabInventory::knowsThatACredentialWasUsedElsewhere()
{
    World world(1);
    support::Workshop other;
    const auto authority = other.addAuthority(world.server.directoryUrl(), world.server.tlsRootPem());
    lifecycle::EabDetails details;
    details.authorityId = authority.id;
    details.kid = kidOf(1);
    details.keyText = secret(keyText);
    const auto theirs = await(other.engine().accounts().addCredential(details));
    lifecycle::AccountDetails account;
    account.termsAgreed = true;
    QVERIFY(await(other.engine().accounts().bind(theirs->credential.id, account, {})));
    const auto outcomes = world.registerAll();
    QCOMPARE(outcomes.first().result, BulkRegistrationOutcome::Result::Failed);
    QCOMPARE(outcomes.first().fate.spent, EabFate::Spent::Yes);
    QCOMPARE(world.credential(kidOf(1)).state, State::Spent);
}

void TestEabInventory::keepsACredentialThatWasNotLookedAt_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("status");
    QTest::newRow("invalidContact") << u"invalidContact"_s << 400;
    QTest::newRow("badPublicKey") << u"badPublicKey"_s << 400;
    QTest::newRow("userActionRequired") << u"userActionRequired"_s << 403;
    QTest::newRow("malformed") << u"malformed"_s << 400;
}

void TestEabInventory::keepsACredentialThatWasNotLookedAt()
{
    QFETCH(QString, type);
    QFETCH(int, status);
    World world(1);
    world.server.setAccountRefusal({{u"type"_s, u"urn:ietf:params:acme:error:"_s + type},
                                    {u"detail"_s, u"something about the account"_s},
                                    {u"status"_s, status}});
    const auto outcomes = world.registerAll();
    QCOMPARE(outcomes.first().result, BulkRegistrationOutcome::Result::Failed);
    QCOMPARE(outcomes.first().fate.spent, EabFate::Spent::No);
    QCOMPARE(outcomes.first().fate.reason, EabFate::Reason::RefusedBefore);
    QCOMPARE(world.credential(kidOf(1)).state, State::Unused);
    QVERIFY(await(world.accounts().all())->isEmpty());
    world.server.setAccountRefusal({});
    QCOMPARE(world.registerAll().first().result, BulkRegistrationOutcome::Result::Bound);
}

void TestEabInventory::doesNotBurnACredentialOnAMissingContact()
{
    World world(1);
    lifecycle::Authority google = world.authority;
    google.meta.kind = u"google-trust-services"_s;
    QVERIFY(await(world.workshop.storage().authorities().update(google)));
    lifecycle::BulkRegistrationRequest request;
    request.termsAgreed = true;
    const auto refused = await(world.workshop.engine().bulkRegistration().run(request, nullptr, {}));
    QCOMPARE(refused->first().error->field(), u"contacts"_s);
    QCOMPARE(refused->first().fate.spent, EabFate::Spent::No);
    QCOMPARE(world.server.requests(Step::NewAccount), 0);
    const lifecycle::EabRules rules = lifecycle::eabRulesOf(google);
    QVERIFY(rules.singleUse && rules.contactRequired && rules.required);
    QCOMPARE(rules.validDays, 7);
    QCOMPARE(world.registerAll().first().result, BulkRegistrationOutcome::Result::Bound);
}

void TestEabInventory::learnsOfARequirementThatWasNotAnnounced()
{
    support::AcmeFaultServer server;
    server.setExternalAccounts({{kidOf(1), macKey}});
    server.setAnnouncesExternalAccounts(false);
    support::Workshop workshop;
    const auto authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
    QVERIFY(!authority.meta.externalAccountRequired);
    lifecycle::AccountDetails details;
    details.authorityId = authority.id;
    details.termsAgreed = true;
    const auto refused = await(workshop.engine().accounts().registerAccount(details, {}));
    QVERIFY(!refused);
    QVERIFY(refused.error().problem()->is(u"externalAccountRequired"));
    QVERIFY(await(workshop.engine().authorities().find(authority.name))->meta.externalAccountRequired);
    QVERIFY(await(workshop.engine().authorities().refresh(authority.id, {})));
    QVERIFY(await(workshop.engine().authorities().find(authority.name))->meta.externalAccountRequired);
    const auto again = await(workshop.engine().accounts().registerAccount(details, {}));
    QCOMPARE(again.error().field(), u"eab"_s);
    QCOMPARE(server.requests(Step::NewAccount), 1);
}

void TestEabInventory::judgesErrors_data()
{
    using Spent = EabFate::Spent;
    QTest::addColumn<QJsonObject>("error");
    QTest::addColumn<int>("spent");
    const auto row = [](const char* name, const base::Error& error, Spent spent) {
        QTest::newRow(name) << error.toJson() << static_cast<int>(spent);
    };
    row("reply lost", base::Error(base::ErrorCode::Network, u"reset"_s), Spent::Unknown);
    row("time-out", base::Error(base::ErrorCode::Timeout, u"slow"_s), Spent::Unknown);
    row("unreadable reply", base::Error(base::ErrorCode::Protocol, u"cut"_s), Spent::Unknown);
    row("database full after the reply", base::Error(base::ErrorCode::Storage, u"full"_s), Spent::Unknown);
    row("wrong root", base::Error(base::ErrorCode::UntrustedServer, u"other root"_s), Spent::No);
    row("locked", base::Error(base::ErrorCode::Locked, u"locked"_s), Spent::No);
    row("serverInternal", refusal(u"serverInternal"_s, 500), Spent::Unknown);
    row("rate limited", refusal(u"rateLimited"_s, 429), Spent::No);
    row("wrong key", refusal(u"unauthorized"_s, 403, u"HMAC does not verify"_s), Spent::No);
    row("used, step-ca", refusal(u"unauthorized"_s, 401, u"key with id 'a' was already bound to account 'b'"_s),
        Spent::Yes);
    row("malformed for something else", refusal(u"malformed"_s, 400, u"no contact"_s), Spent::No);
}

void TestEabInventory::judgesErrors()
{
    QFETCH(QJsonObject, error);
    QFETCH(int, spent);
    const EabFate fate = lifecycle::eabFateAfter(base::Error::fromJson(error));
    QCOMPARE(static_cast<int>(fate.spent), spent);
    const QString sentence = lifecycle::eabFateSentence(fate);
    QCOMPARE(sentence.contains(u"resume the account, do not enter"_s), fate.spent == EabFate::Spent::Unknown);
}

SEALWRIGHT_TEST(TestEabInventory)

} // namespace tst_eab_inventory

#include "tst_eab_inventory.moc"
