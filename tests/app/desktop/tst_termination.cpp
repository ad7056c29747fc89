// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace tst_termination {

using namespace Qt::StringLiterals;

class TestTermination : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTerminatedDesktopStopsItsCoreAndEndsInOrder();
};

void TestTermination::aTerminatedDesktopStopsItsCoreAndEndsInOrder()
{
    const QTemporaryDir folder;
    const QString data = folder.filePath(u"data"_s);
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    program.start(QStringLiteral(BINARY_ROOT "/bin/sealwright"), {u"--data-dir"_s, data});
    QVERIFY(program.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(data).entryList({u"*.db"_s, u"*.sqlite"_s}, QDir::Files).isEmpty(), 30000);
    program.terminate();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

SEALWRIGHT_TEST(TestTermination)

} // namespace tst_termination

#include "tst_termination.moc"
