// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_policy_repository.h"

#include "records.h"
#include "storage/sqlite_account_repository.h"
#include "storage/sqlite_authority_repository.h"
#include "storage/sqlite_certificate_repository.h"
#include "storage/sqlite_order_repository.h"
#include "support/test_program.h"

namespace tst_sqlite_policy_repository {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::IssuancePolicy;
using lifecycle::NameHolder;
using lifecycle::NameRefusal;
using records::at;
using storage::Connection;
using support::await;

namespace {

struct Fixture {
    records::Folder folder;
    std::unique_ptr<storage::Database> database = folder.database();
    storage::SqliteAuthorityRepository authorities {*database};
    storage::SqliteAccountRepository accounts {*database};
    storage::SqliteCertificateRepository certificates {*database};
    storage::SqliteOrderRepository orders {*database};
    storage::SqlitePolicyRepository policies {*database};

    Fixture()
    {
        [this] {
            QVERIFY(await(authorities.insert(records::authority(u"ca"_s, u"Internal"_s))));
            QVERIFY(await(accounts.insert(records::account(u"acc"_s, u"ca"_s), "key")));
        }();
    }

    void issue(const QString& id, const QStringList& names)
    {
        const auto order = records::order(u"order-"_s + id, records::request(names, id));
        QVERIFY(await(orders.insert(order, "key", records::certificate(id, names))));
        QVERIFY(await(orders.complete(order, {}, records::version(u"version-"_s + id, id, order.id), "key")));
    }

    QStringList holders(const QStringList& names, const QDateTime& now = at(100))
    {
        QStringList found;
        const QList<NameHolder> all = await(policies.holders(names, now)).value();
        for (const NameHolder& holder : all)
            found.append(u"%1 in %2 of %3"_s.arg(holder.name, holder.certificateId, holder.authorityName));
        found.sort();
        return found;
    }
};

IssuancePolicy policy(const QString& accountId, const QStringList& allowed, const QStringList& denied)
{
    return {u"ca"_s, accountId, lifecycle::parseNameRules(allowed).value(), lifecycle::parseNameRules(denied).value()};
}

NameRefusal refusal(const QString& name, const QString& accountId, int seconds, const QString& words)
{
    return {name, u"ca"_s, accountId, u"order"_s, at(seconds), u"rejectedIdentifier"_s, words};
}

/// The schema as it was before certificate_name.
QList<storage::Migration> stepsBeforeNames()
{
    QList<storage::Migration> steps;
    for (const storage::Migration& step : storage::migrations()) {
        if (step.statements.join(u'\n').contains(u"CREATE TABLE certificate_name"_s))
            break;
        steps.append(step);
    }
    return steps;
}

/// Carries out SQL that the schema of the first version takes.
Result<void> execute(Connection& connection, const QStringList& statements)
{
    for (const QString& sql : statements)
        if (auto done = connection.once(sql); !done)
            return done;
    return {};
}

} // namespace

class TestSqlitePolicyRepository : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheNamesOfCertificatesFromBeforeTheMigration()
    {
        records::Folder folder;
        {
            auto first = await(storage::Database::open(folder.directory(), stepsBeforeNames())).value();
            const QStringList rows {
                u"INSERT INTO authority (id, name, name_key, directory_url, roots_pem, proxy, resolvers, meta) "
                "VALUES ('ca', 'CA', 'ca', 'https://ca.example/', '', '', '[]', '{}')"_s,
                u"INSERT INTO eab_credential (id, authority_id, kid, algorithm, label, state, created_at, hmac_key) "
                "VALUES ('e', 'ca', 'kid', 'HS256', 'old', 'unused', 5, 'x')"_s,
                u"INSERT INTO certificate (id, authority_id, account_id, request, names, sort_name, names_search, "
                "version_count, not_after, newest_order_failed, open_orders) VALUES ('c', 'ca', 'acc', '{}', "
                "'[\"a.example\",\"*.b.example\"]', 'a', '', 1, 9000000000000, 0, 0)"_s,
            };
            QVERIFY(await(first->run([rows](Connection& connection) { return execute(connection, rows); })));
        }
        auto database = folder.database();
        storage::SqlitePolicyRepository policies(*database);
        const auto holders = await(policies.holders({u"*.b.example"_s, u"a.example"_s, u"b.example"_s}, at(0))).value();
        QCOMPARE(holders.size(), 2);
        storage::SqliteAccountRepository accounts(*database);
        const auto credential = await(accounts.credential(u"e"_s)).value();
        QCOMPARE(credential.label, u"old"_s);
        QCOMPARE(credential.owner, QString());
        QCOMPARE(credential.host, QString());
        QVERIFY(credential.contacts.isEmpty() && !credential.expiresAt.isValid());
    }

    void findsWhichCertificateHasAName()
    {
        Fixture fixture;
        fixture.issue(u"one"_s, {u"a.example"_s, u"b.example"_s});
        fixture.issue(u"two"_s, {u"*.example"_s});
        const QStringList expected {u"*.example in two of Internal"_s, u"b.example in one of Internal"_s};
        QCOMPARE(fixture.holders({u"b.example"_s, u"*.example"_s, u"c.example"_s}), expected);
        QCOMPARE(fixture.holders({u"b.example"_s}, at(9'001)), QStringList()); // expired
        QVERIFY(await(fixture.certificates.updateRequest(u"one"_s, records::request({u"c.example"_s}, u"one"_s))));
        QCOMPARE(fixture.holders({u"b.example"_s, u"c.example"_s}), QStringList {u"c.example in one of Internal"_s});
        QVERIFY(await(fixture.certificates.remove(u"one"_s)));
        QCOMPARE(fixture.holders({u"c.example"_s}), QStringList());
    }

    void asksForThousandsOfNamesInPortions()
    {
        Fixture fixture;
        fixture.issue(u"one"_s, {u"host-1777.example"_s});
        QStringList names;
        for (int i = 0; i < 2001; ++i)
            names.append(u"host-%1.example"_s.arg(i));
        QCOMPARE(fixture.holders(names).size(), 1);
    }

    void looksNamesUpInAnIndex()
    {
        Fixture fixture;
        const auto plan = [](Connection& connection) {
            return connection.list(u"EXPLAIN QUERY PLAN SELECT c.id FROM certificate_name n JOIN certificate c "
                                   "ON c.id = n.certificate_id WHERE n.name IN ('a', 'b')"_s,
                                   [](storage::Row& row) {
                                       (void)row.text();
                                       (void)row.text();
                                       (void)row.text();
                                       return row.text();
                                   });
        };
        const QStringList steps = await(fixture.database->read(plan)).value();
        QVERIFY2(steps.first().contains(u"SEARCH n"_s), qPrintable(steps.join(u'\n')));
        for (const QString& step : steps)
            QVERIFY2(!step.startsWith(u"SCAN"_s), qPrintable(step));
    }

    void keepsOneSetOfRulesForTheAuthorityAndForEachAccount()
    {
        Fixture fixture;
        QVERIFY(await(fixture.policies.store(policy(u"acc"_s, {u"a.example"_s}, {}))));
        QVERIFY(await(fixture.policies.store(policy(QString(), {u".example"_s}, {u"10.0.0.0/8"_s}))));
        QVERIFY(await(fixture.policies.store(policy(QString(), {u".test"_s}, {u"x.test"_s}))));
        const auto stored = await(fixture.policies.policies(u"ca"_s)).value();
        QCOMPARE(stored.size(), 2);
        QCOMPARE(lifecycle::ruleTexts(stored[0].allowed), QStringList {u".test"_s});
        QCOMPARE(lifecycle::ruleTexts(stored[0].denied), QStringList {u"x.test"_s});
        QCOMPARE(stored[1].accountId, u"acc"_s);
        QVERIFY(await(fixture.policies.store(policy(QString(), {}, {}))));
        QVERIFY(await(fixture.accounts.remove(u"acc"_s)));
        QVERIFY(await(fixture.policies.policies(u"ca"_s))->isEmpty());
    }

    void keepsTheLastRefusalOfANameUntilItIsForgotten()
    {
        Fixture fixture;
        QVERIFY(await(fixture.policies.remember(
            {refusal(u"a.example"_s, u"acc"_s, 1, u"no"_s), refusal(u"b.example"_s, u"acc"_s, 2, u"never"_s)})));
        QVERIFY(await(fixture.policies.remember({refusal(u"a.example"_s, u"acc"_s, 3, u"still no"_s)})));
        QVERIFY(await(fixture.policies.remember({refusal(u"a.example"_s, u"other"_s, 4, u"not you"_s)})));
        const auto newest = await(fixture.policies.refusals(u"ca"_s, 2)).value();
        QCOMPARE(newest.size(), 2);
        QCOMPARE(newest[0].detail, u"not you"_s);
        QCOMPARE(newest[1].detail, u"still no"_s);
        QCOMPARE(newest[1].at, at(3));
        QVERIFY(await(fixture.policies.forget(u"ca"_s, u"acc"_s, {u"a.example"_s, u"c.example"_s})));
        const auto left = await(fixture.policies.refusalsOf(u"ca"_s, {u"a.example"_s, u"b.example"_s})).value();
        QCOMPARE(left.size(), 2);
        QVERIFY(await(fixture.policies.refusalsOf(u"ca"_s, {u"c.example"_s}))->isEmpty());
    }
};

SEALWRIGHT_TEST(TestSqlitePolicyRepository)

} // namespace tst_sqlite_policy_repository

#include "tst_sqlite_policy_repository.moc"
