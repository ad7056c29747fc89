// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_imports.h"

#include "jose/jwk.h"
#include "lifecycle/event.h"
#include "lifecycle/repositories.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QDir>
#include <QFile>
#include <QTest>

namespace tst_account_imports {

using namespace Qt::StringLiterals;
using lifecycle::Account;
using lifecycle::AccountImport;
using lifecycle::ImportedAccount;
using Outcome = ImportedAccount::Outcome;
using support::await;
using support::Fault;
using support::Step;

namespace {

/// An authority that knows an account whose key another client keeps.
struct World {
    World()
        : key(crypto::PrivateKey::generate(crypto::KeyType::EcP384).value())
    {
        authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write(key.toPem().view().data(), key.toPem().size()) <= 0)
            qFatal("cannot write the key");
    }

    QString path() const { return folder.filePath(u"account.pem"_s); }
    QString thumbprint() const { return QString::fromLatin1(jose::thumbprint(key.publicKey()).value()); }
    AccountImport wanted() const { return {authority.id, path(), {}, {}}; }
    void letTheServerKnow() { server.addAccount(key.publicKey()); }
    QList<ImportedAccount> import() { return await(workshop.engine().accountImports().import(wanted(), {})).value(); }
    QList<Account> stored() { return await(workshop.engine().accounts().all()).value(); }

    crypto::PrivateKey key;
    QTemporaryDir folder;
    support::AcmeFaultServer server;
    support::Workshop workshop;
    lifecycle::Authority authority;
};

} // namespace

class TestAccountImports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void importsAnAccountThatTheAuthorityKnowsAndIssuesWithIt()
    {
        World world;
        world.letTheServerKnow();
        const auto outcomes = world.import();
        QCOMPARE(outcomes.size(), 1);
        QVERIFY2(outcomes.first().outcome == Outcome::Imported, qPrintable(outcomes.first().detail));
        const Account account = world.stored().value(0);
        QCOMPARE(account.id, outcomes.first().accountId);
        QCOMPARE(account.status, Account::Status::Valid);
        QCOMPARE(account.keyThumbprint, world.thumbprint());
        QCOMPARE(account.keyType, crypto::KeyType::EcP384);
        QVERIFY(!account.url.isEmpty());
        const auto order = world.workshop.issue(world.workshop.request(world.authority.id, {u"a.test"_s}));
        QCOMPARE(order->state, lifecycle::OrderState::Issued);
        QCOMPARE(world.server.accountsCreated(), 1);
        const auto events = await(world.workshop.engine().events().page({u"account.import"_s}));
        QCOMPARE(events->size(), 1);
    }

    void looksWithoutAskingTheAuthority()
    {
        World world;
        const auto seen = await(world.workshop.engine().accountImports().look(world.wanted()));
        QVERIFY(seen);
        QCOMPARE(seen->first().outcome, Outcome::Found);
        QCOMPARE(seen->first().keyThumbprint, world.thumbprint());
        QCOMPARE(seen->first().keyDescription, u"EC P-384"_s);
        QCOMPARE(world.server.requests(Step::NewAccount), 0);
        QVERIFY(world.stored().isEmpty());
    }

    void storesNothingThatTheAuthorityDoesNotKnow()
    {
        World world;
        QCOMPARE(world.import().first().outcome, Outcome::Absent);
        QVERIFY(world.stored().isEmpty());
        QCOMPARE(world.server.accountsCreated(), 0);
        world.letTheServerKnow();
        world.server.failNext(Step::NewAccount, Fault::InternalErrorHtml, 10);
        const auto failed = world.import();
        QCOMPARE(failed.first().outcome, Outcome::Failed);
        QVERIFY(!failed.first().detail.isEmpty());
        QVERIFY(world.stored().isEmpty());
    }

    void tellsThatAKeyIsHereAlready()
    {
        World world;
        world.letTheServerKnow();
        QCOMPARE(world.import().first().outcome, Outcome::Imported);
        const auto again = world.import();
        QCOMPARE(again.first().outcome, Outcome::Known);
        QCOMPARE(again.first().accountId, world.stored().first().id);
        QCOMPARE(world.stored().size(), 1);
    }

    void leavesAccountsOfOtherServersUnlessTheyAreNamed()
    {
        World world;
        const QString path = QStringLiteral(TEST_DATA "/exchange/acme.sh");
        auto seen = await(world.workshop.engine().accountImports().import({world.authority.id, path, {}, {}}, {}));
        QVERIFY(seen);
        QCOMPARE(seen->first().outcome, Outcome::Elsewhere);
        QVERIFY(seen->first().detail.contains(u"ca.corp.example"_s));
        QCOMPARE(world.server.requests(Step::NewAccount), 0);
        const QStringList named {seen->first().keyThumbprint};
        seen = await(world.workshop.engine().accountImports().import({world.authority.id, path, {}, named}, {}));
        QCOMPARE(seen->first().outcome, Outcome::Absent);
        QCOMPARE(world.server.requests(Step::NewAccount), 1);
    }

    void doesNotTakeADeactivatedAccount()
    {
        World world;
        world.letTheServerKnow();
        QCOMPARE(world.import().first().outcome, Outcome::Imported);
        QVERIFY(await(world.workshop.engine().accounts().deactivate(world.stored().first().id, {})));
        QVERIFY(await(world.workshop.storage().accounts().remove(world.stored().first().id)));
        QCOMPARE(world.import().first().outcome, Outcome::Absent);
        QVERIFY(world.stored().isEmpty());
    }

    void doesNothingWhileTheVaultIsLocked()
    {
        World world;
        world.letTheServerKnow();
        world.workshop.storage().vault().lock();
        const auto locked = await(world.workshop.engine().accountImports().import(world.wanted(), {}));
        QVERIFY(!locked);
        QCOMPARE(locked.error().code(), base::ErrorCode::Locked);
        QCOMPARE(world.server.requests(Step::NewAccount), 0);
    }

    void leavesWhatItReadsAsItIs()
    {
        World world;
        world.letTheServerKnow();
        QFile file(world.path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        file.close();
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner));
        QCOMPARE(world.import().first().outcome, Outcome::Imported);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), before);
        QCOMPARE(QDir(world.folder.path()).entryList(QDir::Files).size(), 1);
    }
};

SEALWRIGHT_TEST(TestAccountImports)

} // namespace tst_account_imports

#include "tst_account_imports.moc"
