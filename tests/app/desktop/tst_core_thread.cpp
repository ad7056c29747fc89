// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/core_thread.h"

#include "lifecycle/certificate_manager.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

namespace tst_core_thread {

using namespace Qt::StringLiterals;

namespace {

/// The id that the kernel has for this process's thread of that name; 0 where there is none.
id_t threadNamed(const QByteArray& name)
{
    const QDir threads(u"/proc/self/task"_s);
    for (const QString& thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(threads.filePath(thread + u"/comm"_s));
        if (file.open(QIODevice::ReadOnly) && file.readAll().trimmed() == name)
            return thread.toUInt();
    }
    return 0;
}

} // namespace

/// The thread that works while a window is used.
class TestCoreThread : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void letsTheWindowHaveTheProcessorFirst()
    {
        const QTemporaryDir folder;
        app::CoreThread core;
        QSignalSpy opened(&core, &app::CoreThread::opened);
        core.begin(folder.filePath(u"data"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        const id_t thread = threadNamed("core");
        QVERIFY(thread != 0);
        QVERIFY(::getpriority(PRIO_PROCESS, thread) > ::getpriority(PRIO_PROCESS, 0));
        QSignalSpy stopped(&core, &app::CoreThread::stopped);
        core.stop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, 30'000);
    }

    void startsOnePracticeAuthorityAtATime()
    {
        const QTemporaryDir folder;
        app::CoreThread core;
        QSignalSpy opened(&core, &app::CoreThread::opened);
        core.begin(folder.filePath(u"data"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        auto manager = core.makeManager();
        QList<base::Result<lifecycle::Authority>> answers;
        const auto reply = [&answers](base::Result<lifecycle::Authority> answer) { answers += std::move(answer); };
        for (int click = 0; click < 2; ++click)
            manager->startPracticeAuthority(manager.get(), reply);
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 2, 60'000);
        QVERIFY(!answers.first());
        QCOMPARE(answers.first().error().code(), base::ErrorCode::Busy);
        QVERIFY2(answers.last(), answers.last() ? "" : qPrintable(answers.last().error().message()));
        manager->startPracticeAuthority(manager.get(), reply);
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 3, 60'000);
        QVERIFY2(answers.last(), answers.last() ? "" : qPrintable(answers.last().error().message()));
        manager.reset();
        QSignalSpy stopped(&core, &app::CoreThread::stopped);
        core.stop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, 30'000);
    }
};

SEALWRIGHT_TEST(TestCoreThread)

} // namespace tst_core_thread

#include "tst_core_thread.moc"
