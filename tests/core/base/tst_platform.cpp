// SPDX-License-Identifier: Apache-2.0
#include "base/platform.h"

#include "support/test_program.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

namespace tst_platform {

using namespace Qt::StringLiterals;
using base::platform::FileLock;
using base::platform::Overwrite;

namespace {

constexpr auto ownerOnly =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;

QByteArray contentOf(const QString& path)
{
    const auto content = base::platform::readFile(path, 1024);
    return content ? *content : QByteArray("unreadable");
}

} // namespace

/// What the rest relies on: files that are never half written or readable by others, and locks that die with us.
class TestPlatform : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void forbidsCoreDumps()
    {
        base::platform::forbidCoreDumps();
        QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
        rlimit limit {};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_max, rlim_t(0));
    }

    void writesFilesThatOnlyTheOwnerReads()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key.pem"_s);
        QVERIFY(base::platform::writeFile(path, "secret", Overwrite::No, true));
        QCOMPARE(QFile::permissions(path), ownerOnly);
        QCOMPARE(contentOf(path), QByteArray("secret"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList {u"key.pem"_s});
    }

    void overwritesOnlyWhenTold()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key.pem"_s);
        QVERIFY(base::platform::writeFile(path, "first", Overwrite::No, true));
        const auto again = base::platform::writeFile(path, "second", Overwrite::No, true);
        QVERIFY(!again);
        QCOMPARE(again.error().code(), base::ErrorCode::AlreadyExists);
        QCOMPARE(contentOf(path), QByteArray("first"));
        QVERIFY(base::platform::writeFile(path, "second", Overwrite::Yes, true));
        QCOMPARE(contentOf(path), QByteArray("second"));
    }

    void refusesToReadMoreThanTheBound()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"large"_s);
        QVERIFY(base::platform::writeFile(path, QByteArray(1025, 'x'), Overwrite::No, false));
        QVERIFY(!base::platform::readFile(path, 1024));
    }

    void tightensAFolderThatOthersCouldEnter()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"data"_s);
        QVERIFY(QDir(folder.path()).mkdir(u"data"_s));
        QVERIFY(QFile::setPermissions(path, QFileDevice::Permissions(0x7777)));
        QVERIFY(base::platform::makePrivateFolder(path));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
            | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
        QVERIFY(!(QFile::permissions(path) & others));
    }

    void aThreadYieldsToTheOthersTogetherWithWhatItStarts()
    {
        const int usual = ::getpriority(PRIO_PROCESS, 0);
        int lowered = usual;
        int inherited = usual;
        std::thread thread([&] {
            base::platform::yieldToOtherThreads();
            lowered = ::getpriority(PRIO_PROCESS, 0);
            std::thread([&] { inherited = ::getpriority(PRIO_PROCESS, 0); }).join();
        });
        thread.join();
        QVERIFY(lowered > usual);
        QCOMPARE(inherited, lowered);
        QCOMPARE(::getpriority(PRIO_PROCESS, 0), usual);
    }

    void aLockNamesItsHolderAndDiesWithIt()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"lock"_s);
        int ready[2];
        int end[2];
        QCOMPARE(::pipe(ready), 0);
        QCOMPARE(::pipe(end), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto held = FileLock::acquire(path, FileLock::Mode::Exclusive, u"the other one"_s);
            char byte = held ? 'y' : 'n';
            (void)!::write(ready[1], &byte, 1);
            (void)!::read(end[0], &byte, 1);
            ::_exit(0); // without releasing it
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
        QCOMPARE(byte, 'y');
        const auto busy = FileLock::acquire(path, FileLock::Mode::Exclusive, u"me"_s);
        QVERIFY(!busy);
        QCOMPARE(busy.error().code(), base::ErrorCode::Busy);
        QVERIFY(busy.error().detail().contains(u"the other one"_s));
        QCOMPARE(::write(end[1], &byte, 1), ssize_t(1));
        QCOMPARE(::waitpid(child, nullptr, 0), child);
        QVERIFY(FileLock::acquire(path, FileLock::Mode::Exclusive, u"me"_s));
    }
};

SEALWRIGHT_TEST(TestPlatform)

} // namespace tst_platform

#include "tst_platform.moc"
