// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_persist_record_repository.h"

#include "records.h"
#include "storage/migrations.h"
#include "storage/sqlite_account_repository.h"
#include "storage/sqlite_authority_repository.h"
#include "support/test_program.h"

namespace tst_sqlite_persist_record_repository {

using namespace Qt::StringLiterals;
using challenge::PersistVerdict;
using lifecycle::PersistRecord;
using records::at;
using storage::Connection;
using storage::Database;
using support::await;

namespace {

/// What a data directory had before there were watched records.
base::Result<void> insertOldAccount(Connection& connection)
{
    const QStringList statements {
        u"INSERT INTO authority (id, name, name_key, directory_url, roots_pem, proxy, resolvers, meta) "
        "VALUES ('ca', 'CA', 'ca', 'https://ca.example/dir', '', 'none', '[]', '{}')"_s,
        u"INSERT INTO account (id, authority_id, contacts, key_type, key_thumbprint, status, terms_agreed, "
        u"private_key) "
        "VALUES ('acc', 'ca', '[]', 'ec-p256', 'print', 'valid', 0, 'sealed')"_s,
    };
    for (const QString& statement : statements)
        if (auto inserted = connection.once(statement); !inserted)
            return inserted;
    return {};
}

PersistRecord record(const QString& id, const QString& name, const QByteArray& value = "ca.example; accounturi=a:b")
{
    PersistRecord made;
    made.id = id;
    made.accountId = u"acc"_s;
    made.name = name;
    made.value = value;
    made.createdAt = at(10);
    return made;
}

} // namespace

class TestSqlitePersistRecordRepository : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsRecordsInADirectoryFromBefore();
    void keepsOneRecordForAnAccountAndAName();
    void keepsWhatWasFoundUntilTheValueChanges();
    void forgetsRecords();
    void forgetsThemWithTheirAccount();

private:
    std::unique_ptr<records::Folder> m_folder;
    std::unique_ptr<Database> m_database;
};

void TestSqlitePersistRecordRepository::init()
{
    m_database.reset();
    m_folder = std::make_unique<records::Folder>();
    {
        auto steps = storage::migrations();
        steps.removeIf([](const storage::Migration& step) { return step.version >= 9; });
        auto old = await(Database::open(m_folder->directory(), steps)).value();
        const auto inserted = await(old->run(insertOldAccount));
        QVERIFY2(inserted, inserted ? "" : qPrintable(inserted.error().message()));
    }
    m_database = m_folder->database();
}

void TestSqlitePersistRecordRepository::keepsRecordsInADirectoryFromBefore()
{
    storage::SqlitePersistRecordRepository repository(*m_database);
    QVERIFY(await(repository.all())->isEmpty());
    QVERIFY(await(repository.put({record(u"2"_s, u"b.example"_s), record(u"1"_s, u"a.example"_s)})));
    const auto all = await(repository.all()).value();
    QCOMPARE(all, QList({record(u"1"_s, u"a.example"_s), record(u"2"_s, u"b.example"_s)}));
}

void TestSqlitePersistRecordRepository::keepsOneRecordForAnAccountAndAName()
{
    storage::SqlitePersistRecordRepository repository(*m_database);
    QVERIFY(await(repository.put({record(u"1"_s, u"a.example"_s)})));
    QVERIFY(await(repository.put({record(u"2"_s, u"a.example"_s, "ca.example; accounturi=c:d")})));
    const auto all = await(repository.all()).value();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().id, u"1"_s);
    QCOMPARE(all.first().value, "ca.example; accounturi=c:d");
}

void TestSqlitePersistRecordRepository::keepsWhatWasFoundUntilTheValueChanges()
{
    storage::SqlitePersistRecordRepository repository(*m_database);
    PersistRecord found = record(u"1"_s, u"a.example"_s);
    QVERIFY(await(repository.put({found})));
    found.checkedAt = at(20);
    found.verdict = PersistVerdict::NoWildcard;
    found.detail = u"it lacks policy=wildcard"_s;
    QVERIFY(await(repository.noteFindings({found})));
    QCOMPARE(await(repository.all()).value(), QList {found});
    QVERIFY(await(repository.put({record(u"3"_s, u"a.example"_s)})));
    QCOMPARE(await(repository.all()).value(), QList {found});
    const PersistRecord other = record(u"1"_s, u"a.example"_s, "ca.example; accounturi=a:b; policy=wildcard");
    QVERIFY(await(repository.put({other})));
    QVERIFY(await(repository.noteFindings({found}))); // about a value that is no longer wanted
    QCOMPARE(await(repository.all()).value(), QList {other});
}

void TestSqlitePersistRecordRepository::forgetsRecords()
{
    storage::SqlitePersistRecordRepository repository(*m_database);
    QVERIFY(await(repository.put({record(u"1"_s, u"a.example"_s)})));
    QVERIFY(await(repository.remove(u"1"_s)));
    QVERIFY(await(repository.all())->isEmpty());
    QCOMPARE(await(repository.remove(u"1"_s)).error().code(), base::ErrorCode::NotFound);
}

void TestSqlitePersistRecordRepository::forgetsThemWithTheirAccount()
{
    storage::SqlitePersistRecordRepository repository(*m_database);
    QVERIFY(await(repository.put({record(u"1"_s, u"a.example"_s)})));
    QVERIFY(await(m_database->run(
        [](Connection& connection) { return connection.once(u"DELETE FROM account WHERE id = 'acc'"_s); })));
    QVERIFY(await(repository.all())->isEmpty());
}

SEALWRIGHT_TEST(TestSqlitePersistRecordRepository)

} // namespace tst_sqlite_persist_record_repository

#include "tst_sqlite_persist_record_repository.moc"
