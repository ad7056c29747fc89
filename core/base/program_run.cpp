// SPDX-License-Identifier: Apache-2.0
#include "base/program_run.h"

#include "base/child_process.h"
#include "base/delivery.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTimer>

namespace base {
namespace {

using namespace Qt::StringLiterals;
using Outcome = Result<ProgramEnd>;

constexpr qsizetype keptBytes = 64 * 1024;
constexpr qsizetype wordsInASentence = 400;

/// What stands between this process and the program, so that whatever the program starts is ended with it: the death of
/// this process is told to its child alone, which is this script. A program that crashed looks so from outside, too:
/// the shell adds 128 to a signal's number, while ssh says 255 of a connection that failed.
constexpr auto guardian = R"(trap 'kill -KILL 0' TERM
exec 3<&0
"$@" <&3 3<&- &
exec 3<&- </dev/null
wait $!
ended=$?
test $ended -le 128 -o $ended -ge 160 || kill -KILL $$
exit $ended
)"_L1;

/// One process and what it writes. Lives on the thread that awaits its end.
class Run : public QObject {
public:
    explicit Run(ProgramCall call)
        : m_call(std::move(call))
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& pair : std::as_const(m_call.environment))
            environment.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
        m_process.setProcessEnvironment(environment);
        m_process.setWorkingDirectory(QDir::rootPath());
        platform::tieGuardianToThisThread(m_process);
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] { read(); });
        connect(&m_process, &QProcess::readyReadStandardError, this, [this] { read(); });
        connect(&m_process, &QProcess::finished, this, [this] { finish(); });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end(failed(ErrorCode::NotFound,
                           u"%1 cannot be started: %2"_s.arg(m_call.program, m_process.errorString())));
        });
        connect(&m_limit, &QTimer::timeout, this,
                [this] { abandon(failed(ErrorCode::Timeout, u"%1 did not end in time"_s.arg(m_call.program))); });
    }

    ~Run() override
    {
        m_process.disconnect(this);
        platform::killGroup(m_process);
        m_process.waitForFinished(); // a killed process ends at once
    }

    Delivery<Outcome> start()
    {
        if (!QFileInfo(m_call.program).isExecutable()) {
            end(failed(ErrorCode::NotFound, u"%1 is no program that can be started"_s.arg(m_call.program)));
            return m_done;
        }
        m_limit.start(m_call.limit);
        m_process.start(u"/bin/sh"_s, QStringList {u"-c"_s, guardian, u"sh"_s, m_call.program} + m_call.arguments);
        m_process.write(m_call.input.view().data(), m_call.input.size());
        m_process.closeWriteChannel();
        return m_done;
    }

    void abandon(Outcome why)
    {
        platform::killGroup(m_process);
        end(std::move(why));
    }

private:
    void read()
    {
        m_end.output = (m_end.output + m_process.readAllStandardOutput()).left(keptBytes);
        m_end.errors = (m_end.errors + m_process.readAllStandardError()).left(keptBytes);
    }

    void finish()
    {
        read();
        m_end.exitCode = m_process.exitCode();
        const bool crashed = m_process.exitStatus() != QProcess::NormalExit;
        end(crashed ? Outcome(failed(ErrorCode::Rejected, u"%1 crashed"_s.arg(m_call.program))) : Outcome(m_end));
    }

    void end(Outcome outcome)
    {
        m_limit.stop();
        m_done.deliver(std::move(outcome));
    }

    ProgramCall m_call;
    ProgramEnd m_end;
    QProcess m_process;
    QTimer m_limit;
    Delivery<Outcome> m_done;
};

} // namespace

QString ProgramEnd::lastWords() const
{
    const QByteArray& said = errors.trimmed().isEmpty() ? output : errors;
    return QString::fromUtf8(said).simplified().right(wordsInASentence);
}

Task<Result<ProgramEnd>> runProgram(ProgramCall call, std::stop_token stop)
{
    Run run(std::move(call));
    Delivery<Outcome> done = run.start();
    const std::stop_callback cancel(stop, [&run] {
        QMetaObject::invokeMethod(
            &run, [&run] { run.abandon(failed(ErrorCode::Cancelled, u"stopped"_s)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

} // namespace base
