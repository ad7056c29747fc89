// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/solvers.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QFile>
#include <QTest>

namespace tst_solvers {

using namespace Qt::StringLiterals;
using support::await;

namespace {

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
const base::Identifier name = *base::Identifier::parse(u"www.corp.example"_s);

} // namespace

/// DNS servers that are set up with an order, at Debian's BIND.
class TestSolvers : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            // BIND has the time of the day
            workshop.clock().advance(
                std::chrono::milliseconds(workshop.clock().now().msecsTo(QDateTime::currentDateTimeUtc())));
        }

        lifecycle::SolverDetails details(const QByteArray& secret) const
        {
            support::BindKey key = ownKey;
            key.secret = secret;
            QFile file(workshop.folder() + u"/own.key"_s);
            if (!file.open(QIODevice::WriteOnly) || file.write(key.clause()) < 0)
                qFatal("cannot write the key file");
            return {u"internal"_s, bind.address(), file.fileName(), {}};
        }

        QStringList actions()
        {
            QStringList actions;
            const auto events = await(workshop.engine().events().page({}));
            for (const lifecycle::Event& event : *events)
                if (event.action.startsWith(u"solver."_s))
                    actions.prepend(event.action);
            return actions;
        }

        support::BindServer bind {{{u"corp.example"_s, {}, ownKey.name}}, {ownKey}};
        support::Workshop workshop;
    };

private Q_SLOTS:
    void tellsOfAnotherSecretAndNotOfTheSameAgain()
    {
        World world;
        lifecycle::Solvers& solvers = world.workshop.engine().solvers();
        const auto added = await(solvers.add(world.details("d3Jvbmcgc2VjcmV0")));
        QVERIFY2(added, qPrintable(added ? QString() : added.error().message()));
        QVERIFY(!await(solvers.test(added->id, name, {}, {})));
        for (int i = 0; i < 2; ++i) {
            const auto put = await(solvers.put(world.details(ownKey.secret), name, {}, {}));
            QVERIFY2(put, qPrintable(put ? QString() : put.error().message()));
            QCOMPARE(put->id, added->id);
        }
        QVERIFY(await(solvers.test(added->id, name, {}, {})));
        QCOMPARE(world.actions(), QStringList({u"solver.add"_s, u"solver.update"_s}));
    }

    void keepsTheSecretWhereAnotherOneProvesNothing()
    {
        World world;
        lifecycle::Solvers& solvers = world.workshop.engine().solvers();
        const auto put = await(solvers.put(world.details(ownKey.secret), name, {}, {}));
        QVERIFY2(put, qPrintable(put ? QString() : put.error().message()));
        QVERIFY(!await(solvers.put(world.details("d3Jvbmcgc2VjcmV0"), name, {}, {})));
        QVERIFY(await(solvers.test(put->id, name, {}, {})));
        QCOMPARE(world.actions(), QStringList(u"solver.add"_s));
    }
};

SEALWRIGHT_TEST(TestSolvers)

} // namespace tst_solvers

#include "tst_solvers.moc"
