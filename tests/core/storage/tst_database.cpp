// SPDX-License-Identifier: Apache-2.0
#include "storage/database.h"

#include "crypto/certificate_builder.h"
#include "records.h"
#include "storage/sqlite_account_repository.h"
#include "storage/sqlite_authority_repository.h"
#include "storage/sqlite_certificate_repository.h"
#include "support/test_program.h"

#include <QFile>
#include <QFileInfo>

namespace tst_database {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using storage::Connection;
using storage::Database;
using storage::DataDirectory;
using storage::Migration;
using support::await;

namespace {

const Migration first {1, {u"CREATE TABLE note (text TEXT NOT NULL UNIQUE)"_s, u"INSERT INTO note VALUES ('old')"_s}};
const Migration second {2, {u"ALTER TABLE note ADD COLUMN extra TEXT"_s, u"UPDATE note SET extra = text"_s}};

Result<void> insertNote(Connection& connection, const QString& text)
{
    return storage::required(connection.run(u"INSERT INTO note (text) VALUES (?)"_s, text), u"nothing"_s);
}

QStringList notes(Database& database)
{
    auto list = [](Connection& connection) {
        return connection.list(u"SELECT text FROM note ORDER BY text"_s, [](storage::Row& row) { return row.text(); });
    };
    return await(database.read(list)).value();
}

int version(Database& database)
{
    return await(database.read([](Connection& connection) { return storage::schemaVersion(connection); })).value();
}

QByteArray content(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsItsFilesFromOtherUsers()
    {
        records::Folder folder;
        auto database = folder.database();
        const auto ownerFile =
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
        const QString path = folder.path() + u"/sealwright.sqlite"_s;
        for (const QString& suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
            QVERIFY2(QFileInfo::exists(path + suffix), qPrintable(suffix));
            QCOMPARE(QFile::permissions(path + suffix), ownerFile);
        }
        QCOMPARE(QFile::permissions(folder.path()), ownerFile | QFileDevice::ExeOwner | QFileDevice::ExeUser);
    }

    void migratesAnEmptyDatabaseToTheNewestVersion()
    {
        records::Folder folder;
        auto database = folder.database();
        QCOMPARE(version(*database), storage::migrations().last().version);
        auto tables = [](Connection& connection) {
            return connection.list(u"SELECT name FROM sqlite_master WHERE type = 'table'"_s,
                                   [](storage::Row& row) { return row.text(); });
        };
        const QStringList found = await(database->read(tables)).value();
        for (const QString& table :
             {u"authority"_s, u"account"_s, u"eab_credential"_s, u"certificate"_s, u"certificate_version"_s,
              u"certificate_order"_s, u"order_event"_s, u"placement"_s, u"event"_s, u"key_ring"_s, u"key_slot"_s,
              u"account_rollover"_s, u"tag"_s, u"certificate_tag"_s, u"host"_s, u"deployment"_s, u"solver"_s})
            QVERIFY2(found.contains(table), qPrintable(table));
    }

    void migratesFromAnEarlierVersionAndKeepsTheRows()
    {
        records::Folder folder;
        await(Database::open(folder.directory(), {first})).value().reset();
        auto database = await(Database::open(folder.directory(), {first, second})).value();
        QCOMPARE(version(*database), 2);
        auto extra = [](Connection& connection) {
            return connection.first(u"SELECT extra FROM note"_s, [](storage::Row& row) { return row.text(); });
        };
        QCOMPARE(await(database->read(extra)).value().value(), u"old"_s);
    }

    void readsTheRootsOfVersionsThatWereStoredBeforeRootsWere()
    {
        records::Folder folder;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto root = crypto::makeRoot(u"Old root"_s, crypto::KeyType::EcP256, now.addDays(-1), now.addDays(9));
        const auto leaf = crypto::issueServerCertificate(*root, *base::parseIdentifiers({u"www.example.com"_s}),
                                                         crypto::KeyType::EcP256, now.addDays(-1), now.addDays(8));
        auto old = await(Database::open(folder.directory(), storage::migrations().first(2))).value();
        auto insert = [pem = leaf->certificate.pem()](Connection& connection) -> Result<void> {
            const QList<QString> rows {
                u"INSERT INTO authority VALUES ('ca', 'CA', 'ca', 'https://ca.example/dir', '', 'none', '[]', '{}', 1, 1)"_s,
                u"INSERT INTO certificate VALUES ('c', 'ca', 'a', '{}', '[]', 'www', 'www', 1, 'v', 1, 9000, 6000, "
                "NULL, NULL, 0, 0)"_s,
                u"INSERT INTO certificate_version VALUES ('v', 'c', NULL, '[]', '', '', '', 1, 9000, '', '', '', '', "
                u"1, "
                "6000, '', NULL, 0, '', 0, NULL)"_s,
            };
            for (const QString& row : rows)
                if (auto inserted = connection.once(row); !inserted)
                    return inserted;
            return storage::required(connection.run(u"UPDATE certificate_version SET chain_pem = ?"_s, pem), u"none"_s);
        };
        QVERIFY(await(old->run(insert)));
        old.reset();
        auto database = await(Database::open(folder.directory())).value();
        storage::SqliteCertificateRepository certificates(*database);
        const auto uses = await(certificates.rootUses(u"ca"_s)).value();
        QCOMPARE(uses.size(), 1);
        QCOMPARE(uses.first().root.name, root->certificate.subject());
        QCOMPARE(uses.first().root.keyId.toLatin1(), root->certificate.subjectKeyId().toHex());
        QCOMPARE(uses.first().certificates, 1);
        storage::SqliteAuthorityRepository authorities(*database);
        QVERIFY(await(authorities.byId(u"ca"_s))->proxyCredentials.isEmpty());
    }

    void keepsAccountsOfTheFirstVersion()
    {
        records::Folder folder;
        {
            auto old = await(Database::open(folder.directory(), {{1, storage::migration1()}})).value();
            const auto fill = [](Connection& connection) -> Result<void> {
                auto filled = connection.once(
                    u"INSERT INTO authority VALUES ('ca', 'CA', 'ca', 'https://ca.example/dir', '', 'none', '[]', "
                    "'{}', NULL, 1)"_s);
                if (!filled)
                    return filled;
                return connection.once(
                    u"INSERT INTO account VALUES ('acc', 'ca', '[\"mailto:a@b.example\"]', 'ec-p384', 'print', "
                    "'https://ca.example/1', 'valid', NULL, 1, 1000, 2000, x'0102')"_s);
            };
            QVERIFY(await(old->run(fill)));
        }
        auto database = folder.database();
        storage::SqliteAccountRepository accounts(*database);
        const auto account = await(accounts.byId(u"acc"_s));
        QVERIFY2(account, account ? "" : qPrintable(account.error().message()));
        QCOMPARE(account->contacts, QStringList(u"mailto:a@b.example"_s));
        QCOMPARE(account->keyType, crypto::KeyType::EcP384);
        QVERIFY(account->termsAgreed);
        QVERIFY(account->termsUrl.isEmpty() && !account->termsAgreedAt.isValid());
        QVERIFY(!account->refusal && !account->rollover);
        QCOMPARE(await(accounts.sealedKey(u"acc"_s)).value(), QByteArray::fromHex("0102"));
    }

    void bringsADatabaseOfEachVersionToTheNewest()
    {
        const QList<Migration> all = storage::migrations();
        for (qsizetype known = 1; known < all.size(); ++known) {
            records::Folder folder;
            await(Database::open(folder.directory(), all.first(known))).value().reset();
            auto database = await(Database::open(folder.directory())).value();
            QCOMPARE(version(*database), all.last().version);
        }
    }

    void leavesTheDatabaseAsItWasWhenAMigrationFails()
    {
        records::Folder folder;
        await(Database::open(folder.directory(), {first})).value().reset();
        const QByteArray before = content(folder.directory().databasePath());
        const Migration broken {2, {u"UPDATE note SET text = 'new'"_s, u"CREATE NONSENSE"_s}};
        const auto opened = await(Database::open(folder.directory(), {first, broken}));
        QVERIFY(!opened);
        QCOMPARE(opened.error().code(), ErrorCode::Storage);
        QCOMPARE(content(folder.directory().databasePath()), before);
        auto database = await(Database::open(folder.directory(), {first})).value();
        QCOMPARE(notes(*database), QStringList(u"old"_s));
    }

    void refusesADatabaseFromTheFuture()
    {
        records::Folder folder;
        await(Database::open(folder.directory(), {first, second})).value().reset();
        const QByteArray before = content(folder.directory().databasePath());
        const auto opened = await(Database::open(folder.directory(), {first}));
        QVERIFY(!opened);
        QCOMPARE(opened.error().code(), ErrorCode::Unsupported);
        QVERIFY(opened.error().detail().contains(u"newer Sealwright"_s));
        QCOMPARE(content(folder.directory().databasePath()), before);
    }

    void refusesAFileThatIsNoDatabase()
    {
        records::Folder folder;
        const QByteArray text(4096, 'x');
        QVERIFY(
            base::platform::writeFile(folder.directory().databasePath(), text, base::platform::Overwrite::No, true));
        const auto opened = await(Database::open(folder.directory()));
        QVERIFY(!opened);
        QCOMPARE(opened.error().code(), ErrorCode::Storage);
        QCOMPARE(content(folder.directory().databasePath()), text);
    }

    void migratesOnlyWhileNobodyElseUsesTheDirectory()
    {
        records::Folder folder;
        await(Database::open(folder.directory(), {first})).value().reset();
        {
            const auto other = DataDirectory::open(folder.path(), u"sealwright-agent"_s).value();
            const auto opened = await(Database::open(folder.directory(), {first, second}));
            QVERIFY(!opened);
            QCOMPARE(opened.error().code(), ErrorCode::Busy);
            QVERIFY2(opened.error().detail().contains(u"sealwright-agent (pid "_s),
                     qPrintable(opened.error().detail()));
        }
        QVERIFY(await(Database::open(folder.directory(), {first, second})));
    }

    void refusesToOpenADirectoryThatIsBeingMigrated()
    {
        records::Folder folder;
        bool refused = false;
        const auto alone = folder.directory().alone([&]() -> Result<void> {
            const auto other = DataDirectory::open(folder.path(), u"other"_s);
            refused =
                !other && other.error().code() == ErrorCode::Busy && other.error().message().contains(u"test (pid "_s);
            return {};
        });
        QVERIFY(alone);
        QVERIFY(refused);
        QVERIFY(DataDirectory::open(folder.path(), u"other"_s));
    }

    void forgetsHoldersThatEnded()
    {
        records::Folder folder;
        QVERIFY(folder.directory().otherHolders().isEmpty());
        const QString stale = folder.path() + u"/holders/1-stale"_s;
        QVERIFY(base::platform::writeFile(stale, "gone", base::platform::Overwrite::No, true));
        QVERIFY(folder.directory().otherHolders().isEmpty());
        QVERIFY(!QFileInfo::exists(stale));
    }

    void commitsWhatWaitsTogetherAndUndoesOnlyWhatFails()
    {
        records::Folder folder;
        auto database = await(Database::open(folder.directory(), {first})).value();
        std::vector<base::Task<Result<void>>> tasks;
        for (int i = 0; i < 50; ++i)
            tasks.push_back(database->run([i](Connection& connection) -> Result<void> {
                if (auto inserted = insertNote(connection, u"note %1"_s.arg(i)); !inserted)
                    return inserted;
                return i % 2 == 1 ? insertNote(connection, u"old"_s) : Result<void>(); // every other one is refused
            }));
        int failures = 0;
        for (auto& task : tasks)
            failures += await(std::move(task)) ? 0 : 1;
        QCOMPARE(failures, 25);
        QStringList expected(u"old"_s);
        for (int i = 0; i < 50; i += 2)
            expected.append(u"note %1"_s.arg(i));
        expected.sort();
        QCOMPARE(notes(*database), expected);
    }

    void seesWhatAnotherConnectionWrote()
    {
        records::Folder folder;
        auto mine = await(Database::open(folder.directory(), {first})).value();
        auto other = await(Database::open(folder.directory(), {first})).value();
        QCOMPARE(await(mine->changedElsewhere()).value(), false);
        QVERIFY(await(other->run([](Connection& connection) { return insertNote(connection, u"theirs"_s); })));
        QCOMPARE(notes(*mine), QStringList({u"old"_s, u"theirs"_s}));
        QCOMPARE(await(mine->changedElsewhere()).value(), true);
        QCOMPARE(await(mine->changedElsewhere()).value(), false);
    }

    void doesNotCountItsOwnChangesAsElsewhere()
    {
        records::Folder folder;
        auto mine = await(Database::open(folder.directory(), {first})).value();
        QVERIFY(await(mine->run([](Connection& connection) { return insertNote(connection, u"mine"_s); })));
        QCOMPARE(await(mine->changedElsewhere()).value(), false);
    }

    void readsWhileAnotherConnectionIsWriting()
    {
        records::Folder folder;
        auto writer = await(Database::open(folder.directory(), {first})).value();
        auto reader = await(Database::open(folder.directory(), {first})).value();
        std::mutex gate;
        gate.lock();
        auto writing = writer->run([&gate](Connection& connection) {
            auto inserted = insertNote(connection, u"new"_s);
            const std::lock_guard wait(gate);
            return inserted;
        });
        QCOMPARE(notes(*reader), QStringList(u"old"_s)); // would wait for ever if reading took the write lock
        gate.unlock();
        QVERIFY(await(std::move(writing)));
        QCOMPARE(notes(*reader), QStringList({u"new"_s, u"old"_s}));
    }

    void finishesWhatWasAskedForWhenItIsClosed()
    {
        records::Folder folder;
        auto database = await(Database::open(folder.directory(), {first})).value();
        auto task = database->run([](Connection& connection) { return insertNote(connection, u"last"_s); });
        database.reset();
        QVERIFY(await(std::move(task)));
        database = await(Database::open(folder.directory(), {first})).value();
        QVERIFY(notes(*database).contains(u"last"_s));
    }

    void backsUpToANewFileOnly()
    {
        records::Folder folder;
        auto database = await(Database::open(folder.directory(), {first})).value();
        const QString copy = folder.path() + u"/copy.sqlite"_s;
        QVERIFY(await(database->backupTo(copy)));
        QCOMPARE(QFile::permissions(copy) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
                 QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        const QByteArray before = content(copy);
        const auto again = await(database->backupTo(copy));
        QVERIFY(!again);
        QCOMPARE(again.error().code(), ErrorCode::AlreadyExists);
        QCOMPARE(content(copy), before);

        QVERIFY(QDir().mkpath(folder.path() + u"/restored"_s));
        QVERIFY(QFile::copy(copy, folder.path() + u"/restored/sealwright.sqlite"_s));
        auto directory = DataDirectory::open(folder.path() + u"/restored"_s, u"test"_s).value();
        auto restored = await(Database::open(directory, {first})).value();
        QCOMPARE(notes(*restored), QStringList(u"old"_s));
    }
};

SEALWRIGHT_TEST(TestDatabase)

} // namespace tst_database

#include "tst_database.moc"
