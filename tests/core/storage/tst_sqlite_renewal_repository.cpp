// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_renewal_repository.h"

#include "records.h"
#include "storage/migrations.h"
#include "storage/sqlite_account_repository.h"
#include "storage/sqlite_authority_repository.h"
#include "storage/sqlite_certificate_repository.h"
#include "storage/sqlite_order_repository.h"
#include "support/test_program.h"

namespace tst_sqlite_renewal_repository {

using namespace Qt::StringLiterals;
using lifecycle::RenewalInformation;
using records::at;
using storage::Connection;
using storage::Database;
using support::await;

/// What is stored about asking authorities when to renew.
class TestSqliteRenewalRepository : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            must(await(authorities.insert(records::authority(u"ca"_s, u"Corp CA"_s))));
            must(await(accounts.insert(records::account(u"acc"_s, u"ca"_s), "sealed")));
        }

        /// A certificate with one version more, issued by an order of its own.
        void issue(const QString& certificate, const QString& version)
        {
            auto order =
                records::order(u"order of "_s + version, records::request({u"www.example.com"_s}, certificate));
            const bool fresh = !await(certificates.byId(certificate));
            const auto created = records::certificate(certificate, {u"www.example.com"_s});
            must(await(orders.insert(order, "sealed", fresh ? std::optional(created) : std::nullopt)));
            must(await(orders.complete(order, {}, records::version(version, certificate, order.id), "sealed")));
        }

        QStringList toAsk(const QDateTime& now, const QDateTime& unlessAskedSince = QDateTime())
        {
            QStringList ids;
            const auto versions = await(renewals.toAsk({u"ca"_s, now, unlessAskedSince, 10}));
            for (const auto& version : versions.value())
                ids.append(version.id);
            return ids;
        }

        RenewalInformation information(const QString& version) { return *await(renewals.of(version)).value(); }

        template <class T>
        static void must(const base::Result<T>& result)
        {
            if (!result)
                qFatal("%s", qPrintable(result.error().message()));
        }

        records::Folder folder;
        std::unique_ptr<Database> database = folder.database();
        storage::SqliteAuthorityRepository authorities {*database};
        storage::SqliteAccountRepository accounts {*database};
        storage::SqliteCertificateRepository certificates {*database};
        storage::SqliteOrderRepository orders {*database};
        storage::SqliteRenewalRepository renewals {*database};
    };

private Q_SLOTS:
    void remembersWhatWasAnsweredAndPlanned()
    {
        World world;
        world.issue(u"cert"_s, u"v1"_s);
        RenewalInformation information = world.information(u"v1"_s);
        QCOMPARE(information.authorityId, u"ca"_s);
        QCOMPARE(information.lifetimeRule.at, at(6'000));
        QVERIFY(!information.window);
        information.window = lifecycle::RenewalWindow {at(3'000), at(3'100)};
        information.explanationUrl = QUrl(u"https://ca.example/why"_s);
        information.chosenAt = at(3'050);
        information.askedAt = at(200);
        information.askAt = at(500);
        information.failure = base::Error(base::ErrorCode::Timeout, u"too slow"_s);
        World::must(await(world.renewals.store(information, lifecycle::RenewalDecision {at(3'050), u"window"_s})));
        const RenewalInformation stored = world.information(u"v1"_s);
        QVERIFY(stored.window == information.window);
        QCOMPARE(stored.explanationUrl, information.explanationUrl);
        QCOMPARE(stored.chosenAt, at(3'050));
        QCOMPARE(stored.askedAt, at(200));
        QCOMPARE(stored.askAt, at(500));
        QCOMPARE(stored.failure->code(), base::ErrorCode::Timeout);
        const auto row = await(world.certificates.row(u"cert"_s, at(200))).value();
        QCOMPARE(row.renewAt, at(3'050));
        QCOMPARE(row.renewalReason, u"window"_s);
    }

    void asksAtOnceAndThenAtItsMoment()
    {
        World world;
        world.issue(u"cert"_s, u"v1"_s);
        QCOMPARE(world.toAsk(at(100)), QStringList(u"v1"_s));
        RenewalInformation information = world.information(u"v1"_s);
        information.askedAt = at(100);
        information.askAt = at(500);
        World::must(await(world.renewals.store(information, std::nullopt)));
        QVERIFY(world.toAsk(at(499)).isEmpty());
        QCOMPARE(world.toAsk(at(500)), QStringList(u"v1"_s));
        QCOMPARE(world.toAsk(at(200), at(150)), QStringList(u"v1"_s));
        QVERIFY(world.toAsk(at(200), at(100)).isEmpty());
        // a clock that was set back by days
        QCOMPARE(world.toAsk(at(-3 * 24 * 3600)), QStringList(u"v1"_s));
    }

    void forgetsToAskAboutReplacedRevokedAndExpiredVersions()
    {
        World world;
        world.issue(u"replaced"_s, u"v1"_s);
        world.issue(u"replaced"_s, u"v2"_s);
        QCOMPARE(world.toAsk(at(200)), QStringList(u"v2"_s));
        QVERIFY(world.information(u"v1"_s).askAt.isNull());
        auto revoked = records::version(u"v2"_s, u"replaced"_s, u"order"_s);
        revoked.revokedAt = at(150);
        World::must(await(world.certificates.markRevoked(revoked)));
        QVERIFY(world.toAsk(at(200)).isEmpty());
        world.issue(u"other"_s, u"v3"_s);
        QCOMPARE(world.toAsk(at(8'999)), QStringList(u"v3"_s));
        QVERIFY(world.toAsk(at(9'000)).isEmpty());
    }

    void putsOffWhatIsDueAtOneAuthority()
    {
        World world;
        world.issue(u"a"_s, u"v1"_s);
        world.issue(u"b"_s, u"v2"_s);
        World::must(await(
            world.renewals.postpone(u"other"_s, at(200), at(900), base::Error(base::ErrorCode::Network, u"gone"_s))));
        QCOMPARE(world.toAsk(at(200)).size(), 2);
        World::must(await(
            world.renewals.postpone(u"ca"_s, at(200), at(900), base::Error(base::ErrorCode::Network, u"gone"_s))));
        QVERIFY(world.toAsk(at(899)).isEmpty());
        QCOMPARE(world.toAsk(at(900)).size(), 2);
        QCOMPARE(world.information(u"v2"_s).failure->detail(), u"gone"_s);
    }

    void asksAboutTheVersionsOfAnOlderDatabase()
    {
        records::Folder folder;
        {
            const QList<storage::Migration> before {storage::migrations().first()};
            auto old = await(Database::open(folder.directory(), before)).value();
            for (const QString& statement : oldRows()) {
                auto insert = [statement](Connection& connection) { return connection.once(statement); };
                World::must(await(old->run(insert)));
            }
        }
        auto database = folder.database();
        storage::SqliteRenewalRepository renewals(*database);
        const auto information = await(renewals.of(u"v2"_s)).value();
        QVERIFY(information);
        QCOMPARE(information->authorityId, u"ca"_s);
        QCOMPARE(information->lifetimeRule.reason, u"two thirds"_s);
        QVERIFY(information->askAt.isValid());
        QVERIFY(!await(renewals.of(u"v1"_s)).value());
    }

private:
    /// A certificate with two versions, as the first schema stored them.
    static QStringList oldRows()
    {
        const QString version =
            u"INSERT INTO certificate_version VALUES ('%1', 'cert', 'order', '[]', '', '', '', 0, 9000000000000, "
            "'', '', '', '', %2, 5000, 'two thirds', NULL, 0, '', 0, NULL)"_s;
        return {
            u"INSERT INTO authority VALUES ('ca', 'Corp', 'corp', 'https://ca.example', '', '', '[]', '{}', 0, 0)"_s,
            u"INSERT INTO certificate VALUES ('cert', 'ca', 'acc', '{}', '[]', '', '', 0, 'v2', 2, 9000000000000, "
            u"5000, "
            "NULL, 'order', 0, 0)"_s,
            u"INSERT INTO certificate_order VALUES ('order', 'cert', 'ca', 'acc', '{}', '[]', 'issued', 1, NULL, NULL, "
            "NULL, 0, 0, 0, 0, 'v2', '', '', NULL, NULL)"_s,
            version.arg(u"v1"_s, u"1"_s),
            version.arg(u"v2"_s, u"2"_s),
        };
    }
};

SEALWRIGHT_TEST(TestSqliteRenewalRepository)

} // namespace tst_sqlite_renewal_repository

#include "tst_sqlite_renewal_repository.moc"
