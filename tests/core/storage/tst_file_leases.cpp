// SPDX-License-Identifier: Apache-2.0
#include "storage/file_leases.h"

#include "support/test_program.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdio>

namespace tst_file_leases {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using storage::FileLeases;

namespace {

const QString orderLease = u"order:4711"_s;

/// What this program does as a child: holds the lease until it is killed.
int holdUntilKilled(const QString& folder)
{
    FileLeases leases(folder, u"the child"_s);
    const auto lease = leases.acquire(orderLease);
    std::puts(lease ? "held" : "refused");
    std::fflush(stdout);
    std::getchar();
    return 0;
}

} // namespace

class TestFileLeases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesASecondHolderInThisProcess()
    {
        QTemporaryDir folder;
        FileLeases leases(folder.path(), u"me"_s);
        auto lease = leases.acquire(orderLease);
        QVERIFY(lease);
        const auto second = leases.acquire(orderLease);
        QVERIFY(!second);
        QCOMPARE(second.error().code(), ErrorCode::Busy);
        QCOMPARE(second.error().detail(), u"this process"_s);
        QVERIFY(leases.isHeld(orderLease));
        lease->reset();
        QVERIFY(!leases.isHeld(orderLease));
        QVERIFY(leases.acquire(orderLease));
    }

    void sharesAListenAddressWithinThisProcess()
    {
        QTemporaryDir folder;
        FileLeases leases(folder.path(), u"me"_s);
        FileLeases others(folder.path(), u"somebody else"_s);
        const QString name = u"listen:[::]:80"_s;
        auto one = leases.acquire(name).value();
        auto two = leases.acquire(name).value();
        one.reset();
        QVERIFY(others.isHeld(name));
        const auto refused = others.acquire(name);
        QVERIFY(!refused);
        QCOMPARE(refused.error().detail(), u"me"_s);
        two.reset();
        QVERIFY(others.acquire(name));
    }

    void keepsNamesApart()
    {
        QTemporaryDir folder;
        FileLeases leases(folder.path(), u"me"_s);
        const auto one = leases.acquire(u"order:a/b"_s);
        const auto two = leases.acquire(u"order:a%2Fb"_s);
        QVERIFY(one && two);
    }

    void leavesNoFileBehind()
    {
        QTemporaryDir folder;
        FileLeases leases(folder.path(), u"me"_s);
        leases.acquire(orderLease).value().reset();
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void diesWithItsProcess()
    {
        QTemporaryDir folder;
        FileLeases leases(folder.path(), u"me"_s);
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"file_leases"_s, u"hold"_s, folder.path()});
        QVERIFY(child.waitForReadyRead());
        QCOMPARE(child.readLine().trimmed(), "held"_ba);

        QVERIFY(leases.isHeld(orderLease));
        const auto refused = leases.acquire(orderLease);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::Busy);
        QCOMPARE(refused.error().detail(), u"the child"_s);

        child.kill();
        QVERIFY(child.waitForFinished());
        QVERIFY(!leases.isHeld(orderLease));
        QVERIFY(leases.acquire(orderLease));
    }
};

static int run(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "hold")
        return holdUntilKilled(QString::fromLocal8Bit(argv[2]));
    TestFileLeases test;
    return QTest::qExec(&test, argc, argv);
}

static const support::TestProgram program(__FILE__, run);

} // namespace tst_file_leases

#include "tst_file_leases.moc"
