// SPDX-License-Identifier: Apache-2.0
#include "storage/key_vault.h"

#include "records.h"
#include "storage/database.h"
#include "storage/platform_keyring.h"
#include "support/test_program.h"

#include <QMap>

namespace tst_key_vault {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Secret;
using lifecycle::Ring;
using lifecycle::SecretPlace;
using lifecycle::SharedSecret;
using lifecycle::SlotKind;
using storage::Connection;
using storage::Database;
using storage::KeyVault;
using support::await;

namespace {

const SecretPlace here {u"account"_s, u"1"_s, u"private_key"_s};

SharedSecret secret(const QByteArray& text)
{
    return std::make_shared<const Secret>(text);
}

/// A keyring in memory, which can be made to fail.
class FakeKeyring final : public storage::Keyring {
public:
    bool answers = true;
    bool forgets = false;
    QMap<QString, QByteArray> entries;

    base::Task<Result<void>> write(QString entry, SharedSecret value) override
    {
        if (!answers)
            co_return base::failed(ErrorCode::Unsupported, u"no keyring"_s);
        if (!forgets)
            entries[entry] = value->view().toByteArray();
        co_return Result<void>();
    }
    base::Task<Result<SharedSecret>> read(QString entry) override
    {
        if (!answers)
            co_return base::failed(ErrorCode::Unsupported, u"no keyring"_s);
        if (!entries.contains(entry))
            co_return base::failed(ErrorCode::NotFound, u"no entry"_s);
        co_return secret(entries[entry]);
    }
    base::Task<Result<void>> remove(QString entry) override
    {
        entries.remove(entry);
        co_return Result<void>();
    }
};

/// Two vaults on one database, as two processes have them.
struct Fixture {
    records::Folder folder;
    std::unique_ptr<Database> database = folder.database();
    std::unique_ptr<Database> otherDatabase = folder.database();
    FakeKeyring keyring;
    KeyVault vault {*database, keyring};
    KeyVault other {*otherDatabase, keyring};

    int count(const QString& table)
    {
        auto rows = [table](Connection& connection) {
            return connection.first(u"SELECT COUNT(*) FROM %1"_s.arg(table),
                                    [](storage::Row& row) { return row.integer(); });
        };
        return await(database->read(rows)).value().value();
    }
    void execute(const QString& sql)
    {
        QVERIFY(await(database->run([sql](Connection& connection) { return connection.once(sql); })));
    }
    QByteArray rawFiles() const
    {
        QByteArray bytes;
        for (const QFileInfo& entry : QDir(folder.path()).entryInfoList(QDir::Files)) {
            QFile file(entry.filePath());
            if (file.open(QIODevice::ReadOnly))
                bytes += file.readAll();
        }
        return bytes;
    }
};

} // namespace

class TestKeyVault : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealedInEitherRing()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        for (const Ring ring : {Ring::Operator, Ring::Renewal}) {
            const auto sealed = fixture.vault.seal(ring, here, Secret("key bytes"));
            QVERIFY(sealed);
            QVERIFY(!sealed->contains("key bytes"));
            const auto opened = fixture.vault.open(ring, here, *sealed);
            QVERIFY(opened);
            QVERIFY(*opened == Secret("key bytes"));
        }
    }

    void opensInAnotherProcessWithThePassphrase()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        const QByteArray sealed = fixture.vault.seal(Ring::Operator, here, Secret("key bytes")).value();
        QCOMPARE(fixture.other.open(Ring::Operator, here, sealed).error().code(), ErrorCode::Locked);
        QVERIFY(await(fixture.other.unlock(secret("open sesame"))));
        QVERIFY(fixture.other.open(Ring::Operator, here, sealed).value() == Secret("key bytes"));
    }

    void refusesAWrongPassphraseAndChangesNothing()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        const QByteArray sealed = fixture.vault.seal(Ring::Renewal, here, Secret("key bytes")).value();
        const auto refused = await(fixture.other.unlock(secret("open simsim")));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::WrongPassphrase);
        QVERIFY(!fixture.other.isOpen(Ring::Operator));
        QVERIFY(!fixture.other.isOpen(Ring::Renewal));
        QCOMPARE(fixture.count(u"key_slot"_s), 1);

        QCOMPARE(await(fixture.vault.unlock(secret("wrong"))).error().code(), ErrorCode::WrongPassphrase);
        QVERIFY(fixture.vault.open(Ring::Renewal, here, sealed)); // what was open stays open
    }

    void saysWhenThereIsNoVault()
    {
        Fixture fixture;
        QVERIFY(!await(fixture.vault.status()).value().exists);
        QCOMPARE(await(fixture.vault.unlock(secret("x"))).error().code(), ErrorCode::NotFound);
        QCOMPARE(fixture.vault.seal(Ring::Operator, here, Secret("x")).error().code(), ErrorCode::Locked);
    }

    void refusesAnEmptyPassphrase()
    {
        Fixture fixture;
        const auto created = await(fixture.vault.create(secret("")));
        QVERIFY(!created);
        QCOMPARE(created.error().code(), ErrorCode::InvalidInput);
        QCOMPARE(created.error().field(), u"passphrase"_s);
        QCOMPARE(fixture.count(u"key_ring"_s), 0);
    }

    void isCreatedByOneOfTwoProcesses()
    {
        Fixture fixture;
        auto mine = fixture.vault.create(secret("mine"));
        auto theirs = fixture.other.create(secret("theirs"));
        const auto first = await(std::move(mine));
        const auto second = await(std::move(theirs));
        QVERIFY(first.has_value() != second.has_value());
        QCOMPARE((first ? second : first).error().code(), ErrorCode::AlreadyExists);
        QVERIFY(fixture.vault.isOpen(Ring::Operator) != fixture.other.isOpen(Ring::Operator));
        QCOMPARE(fixture.count(u"key_slot"_s), 1);
        QCOMPARE(await(fixture.vault.create(secret("again"))).error().code(), ErrorCode::AlreadyExists);
    }

    void refusesTamperedOrMovedCiphertext()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        const QByteArray sealed = fixture.vault.seal(Ring::Renewal, here, Secret("key bytes")).value();
        for (qsizetype i = 0; i < sealed.size(); ++i) {
            QByteArray tampered = sealed;
            tampered[i] = static_cast<char>(tampered[i] ^ 1);
            const auto opened = fixture.vault.open(Ring::Renewal, here, tampered);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code(), ErrorCode::Crypto);
        }
        for (const SecretPlace& place :
             {SecretPlace {u"account"_s, u"2"_s, u"private_key"_s}, SecretPlace {u"order"_s, u"1"_s, u"private_key"_s},
              SecretPlace {u"account"_s, u"1"_s, u"other"_s}, SecretPlace {u"account1"_s, u""_s, u"private_key"_s}})
            QCOMPARE(fixture.vault.open(Ring::Renewal, place, sealed).error().code(), ErrorCode::Crypto);
        QCOMPARE(fixture.vault.open(Ring::Operator, here, sealed).error().code(), ErrorCode::Crypto);
        QCOMPARE(fixture.vault.open(Ring::Renewal, here, QByteArray()).error().code(), ErrorCode::Crypto);
    }

    void sealsIntoTheOperatorRingWhileLocked()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        fixture.vault.lock();
        QVERIFY(!fixture.vault.isOpen(Ring::Operator));
        const auto sealed = fixture.vault.seal(Ring::Operator, here, Secret("key bytes"));
        QVERIFY(sealed);
        QCOMPARE(fixture.vault.open(Ring::Operator, here, *sealed).error().code(), ErrorCode::Locked);
        QCOMPARE(fixture.vault.seal(Ring::Renewal, here, Secret("x")).error().code(), ErrorCode::Locked);

        QVERIFY(await(fixture.other.status()).value().exists); // a process that never had the passphrase
        const QByteArray theirs = fixture.other.seal(Ring::Operator, here, Secret("their bytes")).value();

        QVERIFY(await(fixture.vault.unlock(secret("open sesame"))));
        QVERIFY(fixture.vault.open(Ring::Operator, here, *sealed).value() == Secret("key bytes"));
        QVERIFY(fixture.vault.open(Ring::Operator, here, theirs).value() == Secret("their bytes"));
        const SecretPlace elsewhere {u"account"_s, u"2"_s, u"private_key"_s};
        QCOMPARE(fixture.vault.open(Ring::Operator, elsewhere, theirs).error().code(), ErrorCode::Crypto);
    }

    void noticesAForeignPublicKey()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        fixture.execute(u"UPDATE key_ring SET public_key = x'%1'"_s.arg(u"42"_s.repeated(32)));
        const auto unlocked = await(fixture.other.unlock(secret("open sesame")));
        QVERIFY(!unlocked);
        QCOMPARE(unlocked.error().code(), ErrorCode::Crypto);
        QVERIFY(!fixture.other.isOpen(Ring::Operator));
    }

    void refusesASlotUnderAnotherId()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        fixture.execute(u"UPDATE key_slot SET id = 'another'"_s);
        QCOMPARE(await(fixture.other.unlock(secret("open sesame"))).error().code(), ErrorCode::WrongPassphrase);
    }

    void opensWithASecondPassphrase()
    {
        Fixture fixture;
        QCOMPARE(await(fixture.vault.addPassphrase(secret("second"))).error().code(), ErrorCode::Locked);
        QVERIFY(await(fixture.vault.create(secret("first"))));
        QVERIFY(await(fixture.vault.addPassphrase(secret("second"))));
        QVERIFY(await(fixture.other.unlock(secret("second"))));
        fixture.other.lock();
        QVERIFY(await(fixture.other.unlock(secret("first"))));
        const auto status = await(fixture.other.status()).value();
        QCOMPARE(status.slotKinds, QList<SlotKind>({SlotKind::Passphrase, SlotKind::Passphrase}));
        QVERIFY(status.operatorOpen && status.renewalOpen);
    }

    void opensFromTheKeyringWithoutAQuestion()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.createInKeyring()));
        QVERIFY(fixture.vault.isOpen(Ring::Operator));
        const QByteArray sealed = fixture.vault.seal(Ring::Operator, here, Secret("key bytes")).value();
        QVERIFY(await(fixture.other.unlockFromKeyring()));
        QVERIFY(fixture.other.open(Ring::Operator, here, sealed).value() == Secret("key bytes"));
        fixture.keyring.entries.clear();
        QCOMPARE(await(fixture.other.unlockFromKeyring()).error().code(), ErrorCode::NotFound);
        fixture.keyring.answers = false;
        QCOMPARE(await(fixture.other.unlockFromKeyring()).error().code(), ErrorCode::Unsupported);
    }

    void leavesNothingWhereTheKeyringForgets()
    {
        Fixture fixture;
        fixture.keyring.forgets = true;
        const auto created = await(fixture.vault.createInKeyring());
        QVERIFY(!created);
        QCOMPARE(created.error().code(), ErrorCode::Unsupported);
        QVERIFY(fixture.keyring.entries.isEmpty());
        QCOMPARE(fixture.count(u"key_ring"_s), 0);
        QVERIFY(!fixture.vault.isOpen(Ring::Operator));
    }

    void leavesNothingWhereNoKeyringAnswers()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        qunsetenv("XDG_CURRENT_DESKTOP");
        qunsetenv("KDE_FULL_SESSION");
        Fixture fixture;
        storage::PlatformKeyring platform;
        KeyVault vault(*fixture.database, platform);
        const auto created = await(vault.createInKeyring());
        QVERIFY(!created);
        QCOMPARE(created.error().code(), ErrorCode::Unsupported);
        QCOMPARE(fixture.count(u"key_ring"_s), 0);
        QCOMPARE(fixture.count(u"key_slot"_s), 0);
        QVERIFY(!await(vault.status()).value().exists);
    }

    void letsAKeyFileOpenTheRenewalRingAlone()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        const QString file = fixture.folder.path() + u"/agent.key"_s;
        QVERIFY(await(fixture.vault.addKeyFile(file, KeyVault::Reach::RenewalRing)));
        QCOMPARE(QFile::permissions(file) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
                 QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        QCOMPARE(await(fixture.vault.addKeyFile(file, KeyVault::Reach::RenewalRing)).error().code(),
                 ErrorCode::AlreadyExists);
        QCOMPARE(fixture.count(u"key_slot"_s), 2);

        QVERIFY(await(fixture.other.unlockWithKeyFile(file)));
        QVERIFY(fixture.other.isOpen(Ring::Renewal));
        QVERIFY(!fixture.other.isOpen(Ring::Operator));
        const QByteArray sealed = fixture.other.seal(Ring::Operator, here, Secret("key bytes")).value();
        QVERIFY(fixture.vault.open(Ring::Operator, here, sealed).value() == Secret("key bytes"));

        QVERIFY(QFile::remove(file));
        QVERIFY(base::platform::writeFile(file, "another key", base::platform::Overwrite::No, true));
        fixture.other.lock();
        QCOMPARE(await(fixture.other.unlockWithKeyFile(file)).error().code(), ErrorCode::WrongPassphrase);
    }

    void letsAKeyFileOpenBothRings()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("open sesame"))));
        const QString file = fixture.folder.path() + u"/operator.key"_s;
        QVERIFY(await(fixture.vault.addKeyFile(file, KeyVault::Reach::BothRings)));
        QVERIFY(await(fixture.other.unlockWithKeyFile(file)));
        QVERIFY(fixture.other.isOpen(Ring::Operator));
    }

    void writesNoSecretToTheDisk()
    {
        Fixture fixture;
        QVERIFY(await(fixture.vault.create(secret("a passphrase to look for"))));
        const QByteArray needle = "PRIVATE-KEY-TO-LOOK-FOR";
        const QByteArray sealed = fixture.vault.seal(Ring::Renewal, here, Secret(needle)).value();
        QVERIFY(await(fixture.database->run([sealed](Connection& connection) {
            return connection.run(u"INSERT INTO key_ring (ring, public_key) VALUES ('test', ?)"_s, sealed);
        })));
        const QByteArray disk = fixture.rawFiles();
        QVERIFY(disk.contains(sealed)); // the search would find it
        QVERIFY(!disk.contains(needle));
        QVERIFY(!disk.contains("a passphrase to look for"));
    }
};

SEALWRIGHT_TEST(TestKeyVault)

} // namespace tst_key_vault

#include "tst_key_vault.moc"
