// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/persist_record.h"
#include "lifecycle/persist_records.h"
#include "lifecycle/solvers.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/free_port.h"
#include "support/test_program.h"
#include "support/txt_values.h"
#include "support/workshop.h"

#include <QFile>
#include <QTest>

namespace tst_persist_placing {

using namespace Qt::StringLiterals;
using lifecycle::PersistRecord;
using support::await;

namespace {

const support::BindKey key {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
const QString recordName = u"_validation-persist.www.corp.example"_s;

} // namespace

/// The records of dns-persist-01 put in place by a solver, at Debian's BIND.
class PersistPlacingTest : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            // BIND has the time of the day
            workshop.clock().advance(
                std::chrono::milliseconds(workshop.clock().now().msecsTo(QDateTime::currentDateTimeUtc())));
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            accountId = workshop.registerAccount(authority.id).id;
            QFile file(workshop.folder() + u"/own.key"_s);
            if (!file.open(QIODevice::WriteOnly) || file.write(key.clause()) < 0)
                qFatal("cannot write the key file");
            file.close();
            solverId = await(workshop.engine().solvers().add({u"internal"_s, bind.address(), file.fileName(), {}}))->id;
        }

        PersistRecord record(const QByteArray& value) const
        {
            PersistRecord made;
            made.accountId = accountId;
            made.name = u"www.corp.example"_s;
            made.value = value;
            made.createdAt = QDateTime::currentDateTimeUtc();
            return made;
        }

        void seeBy(const QString& resolver)
        {
            lifecycle::AuthorityDetails details;
            details.name = authority.name;
            details.directoryUrl = authority.directoryUrl.toString();
            details.rootsPem = server.tlsRootPem();
            details.resolvers = {resolver};
            const auto updated = await(workshop.engine().authorities().update(authority.id, details, {}));
            QVERIFY2(updated, qPrintable(updated ? QString() : updated.error().message()));
        }

        base::Result<QList<PersistRecord>> put(const QList<PersistRecord>& records)
        {
            return await(workshop.engine().persistRecords().putInPlace(records, solverId, {}), 60);
        }

        support::BindServer bind {{{u"corp.example"_s, {}, key.name}}, {key}};
        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
        QString accountId;
        QString solverId;
    };

private Q_SLOTS:
    /// Until the new one is seen, the old one is what the account's row says: a second try takes it out.
    void takesTheFormerValueOutAtTheSecondTryToo()
    {
        World world;
        const auto first = world.put({world.record("ca.example; accounturi=a:old")});
        QVERIFY2(first, qPrintable(first ? QString() : first.error().message()));
        world.seeBy(u"127.0.0.1:%1"_s.arg(support::freePort())); // nobody answers there
        const PersistRecord next = world.record("ca.example; accounturi=a:new");
        QVERIFY(!world.put({next}));
        QCOMPARE(support::txtValues(world.bind, recordName).size(), 2);
        world.seeBy(world.bind.address());
        const auto second = world.put({next});
        QVERIFY2(second, qPrintable(second ? QString() : second.error().message()));
        QCOMPARE(support::txtValues(world.bind, recordName), QList {next.value});
        QCOMPARE(await(world.workshop.engine().persistRecords().watched())->size(), 1);
    }

    void refusesTwoRecordsOfOneAccountForOneName()
    {
        World world;
        const auto put =
            world.put({world.record("ca.example; accounturi=a:1"), world.record("ca.example; accounturi=a:2")});
        QCOMPARE(put.error().field(), u"records"_s);
        QCOMPARE(support::txtValues(world.bind, recordName), QList<QByteArray>());
        QVERIFY(await(world.workshop.engine().persistRecords().watched())->isEmpty());
    }
};

SEALWRIGHT_TEST(PersistPlacingTest)

} // namespace tst_persist_placing

#include "tst_persist_placing.moc"
