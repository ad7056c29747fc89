// SPDX-License-Identifier: Apache-2.0
#include "base/program_run.h"

#include "support/await.h"
#include "support/test_program.h"

#include <QProcess>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

namespace tst_program_run {

using base::ErrorCode;
using base::ProgramCall;
using support::await;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// The first argument of this program where it is to run another one and be killed.
const QString victim = u"run-and-be-killed"_s;

ProgramCall shell(const QString& script)
{
    ProgramCall call;
    call.program = u"/bin/sh"_s;
    call.arguments = {u"-c"_s, script};
    return call;
}

/// A pipe that programs inherit: it has an end once none of them is left.
class Witness {
public:
    Witness()
    {
        if (::pipe(m_ends) != 0 || ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK) != 0
            || ::fcntl(m_ends[0], F_SETFD, FD_CLOEXEC) != 0)
            qFatal("no pipe");
    }
    ~Witness() { ::close(m_ends[0]); }
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    int forPrograms() const { return m_ends[1]; }
    void closeOwn() { ::close(m_ends[1]); }
    /// What they wrote so far.
    QByteArray heard()
    {
        isAlone();
        return m_heard;
    }
    bool isAlone()
    {
        char byte = 0;
        ::ssize_t length = 0;
        while ((length = ::read(m_ends[0], &byte, 1)) > 0)
            m_heard.append(byte);
        return length == 0;
    }

private:
    int m_ends[2] = {};
    QByteArray m_heard;
};

} // namespace

/// Runs of real programs.
class TestProgramRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesInputAndEnvironmentAndReadsWhatComes()
    {
        ProgramCall call = shell(u"cat; printf ' %s' \"$WHAT\"; echo no >&2; exit 3"_s);
        call.input = base::Secret(QByteArrayView("from us"));
        call.environment = {u"WHAT=a=b"_s};
        const auto end = await(base::runProgram(std::move(call), {}));
        QVERIFY(end);
        QCOMPARE(end->exitCode, 3);
        QCOMPARE(end->output, QByteArray("from us a=b"));
        QCOMPARE(end->errors, QByteArray("no\n"));
        QCOMPARE(end->lastWords(), u"no"_s);
    }

    /// ssh's own for a connection that failed is above what a shell says of signals.
    void doesNotTakeAHighExitCodeForACrash()
    {
        const auto end = await(base::runProgram(shell(u"exit 255"_s), {}));
        QVERIFY(end);
        QCOMPARE(end->exitCode, 255);
    }

    void keepsTheBeginningOfMuchOutput()
    {
        const auto end = await(base::runProgram(shell(u"head -c 1000000 /dev/zero | tr '\\0' x; printf y"_s), {}));
        QVERIFY(end);
        QCOMPARE(end->exitCode, 0);
        QCOMPARE(end->output, QByteArray(64 * 1024, 'x'));
        QCOMPARE(end->lastWords(), QString(400, u'x'));
    }

    void tellsWhyThereIsNoEnd_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("script");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("no such program") << u"/nowhere/sh"_s << QString() << ErrorCode::NotFound;
        QTest::newRow("crashes") << u"/bin/sh"_s << u"kill -KILL $$"_s << ErrorCode::Rejected;
        QTest::newRow("takes too long") << u"/bin/sh"_s << u"exec tail -f /dev/null"_s << ErrorCode::Timeout;
    }

    void tellsWhyThereIsNoEnd()
    {
        QFETCH(QString, program);
        QFETCH(QString, script);
        QFETCH(ErrorCode, code);
        ProgramCall call = shell(script);
        call.program = program;
        call.limit = code == ErrorCode::Timeout ? 200ms : 30s;
        const auto end = await(base::runProgram(std::move(call), {}));
        QVERIFY(!end);
        QCOMPARE(end.error().code(), code);
    }

    void canBeStopped()
    {
        std::stop_source stop;
        auto run = base::runProgram(shell(u"exec tail -f /dev/null"_s), stop.get_token());
        stop.request_stop();
        const auto end = await(std::move(run));
        QVERIFY(!end);
        QCOMPARE(end.error().code(), ErrorCode::Cancelled);
        const auto late = await(base::runProgram(shell(u"exec tail -f /dev/null"_s), stop.get_token()));
        QVERIFY(!late);
        QCOMPARE(late.error().code(), ErrorCode::Cancelled);
    }

    void endsWhatTheProgramHasStartedToo_data()
    {
        QTest::addColumn<bool>("stopped");
        QTest::newRow("stopped") << true;
        QTest::newRow("past its time") << false;
    }

    void endsWhatTheProgramHasStartedToo()
    {
        QFETCH(bool, stopped);
        Witness witness;
        ProgramCall call =
            shell(u"sleep 300 >/dev/null 2>&1 & printf x >/dev/fd/%1; wait"_s.arg(witness.forPrograms()));
        call.limit = stopped ? 30s : 3s;
        std::stop_source stop;
        auto run = base::runProgram(std::move(call), stop.get_token());
        witness.closeOwn();
        QTRY_COMPARE(witness.heard(), QByteArray("x"));
        QVERIFY(!witness.isAlone());
        if (stopped)
            stop.request_stop();
        const auto end = await(std::move(run));
        QVERIFY(!end);
        QCOMPARE(end.error().code(), stopped ? ErrorCode::Cancelled : ErrorCode::Timeout);
        QTRY_VERIFY(witness.isAlone());
    }

    void endsAllOfThemWhenTheProcessThatRunsThemIsKilled()
    {
        Witness witness;
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(),
                      {u"program_run"_s, victim,
                       u"sleep 300 >/dev/null 2>&1 & printf x >/dev/fd/%1; wait"_s.arg(witness.forPrograms())});
        QVERIFY(process.waitForStarted());
        witness.closeOwn();
        QTRY_COMPARE_WITH_TIMEOUT(witness.heard(), QByteArray("x"), 30'000);
        QVERIFY(!witness.isAlone());
        process.kill();
        QVERIFY(process.waitForFinished());
        QTRY_VERIFY(witness.isAlone());
    }
};

static int run(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == victim) {
        const auto end = await(base::runProgram(shell(arguments.value(2)), {}));
        return end ? end->exitCode : 1;
    }
    TestProgramRun test;
    return QTest::qExec(&test, argc, argv);
}

static const support::TestProgram program(__FILE__, run);

} // namespace tst_program_run

#include "tst_program_run.moc"
