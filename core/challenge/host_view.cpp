// SPDX-License-Identifier: Apache-2.0
#include "challenge/host_view.h"

#include "base/child_process.h"
#include "base/delivery.h"
#include "challenge/host_script.h"
#include "crypto/random.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTimer>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Sights = QList<HostSight>;

constexpr qsizetype namesAtOnce = 25;
constexpr qsizetype longestOutput = 1024 * 1024;
constexpr std::chrono::milliseconds toConnect = 20s;
constexpr std::chrono::milliseconds perName = 25s; // four tries of dig and one of curl, none of which answers

/// One run of ssh; ends by delivering what it printed.
class SshRun {
public:
    SshRun(const QString& program, const QStringList& arguments, const QByteArray& input,
           std::chrono::milliseconds limit)
    {
        base::platform::tieToThisThread(m_process);
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] { read(); });
        QObject::connect(&m_process, &QProcess::finished, &m_process, [this] { finish(); });
        QObject::connect(&m_process, &QProcess::errorOccurred, &m_process, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                fail(ErrorCode::Unsupported, m_process.errorString());
        });
        QTimer::singleShot(limit, &m_process, [this] { fail(ErrorCode::Timeout, u"no answer in time"_s); });
        m_process.start(program, arguments);
        m_process.write(input);
        m_process.closeWriteChannel();
    }

    ~SshRun()
    {
        m_process.disconnect();
        m_process.kill();
        m_process.waitForFinished(1000); // a killed process ends at once
    }

    SshRun(const SshRun&) = delete;
    SshRun& operator=(const SshRun&) = delete;

    void fail(ErrorCode code, const QString& detail) const { m_outcome.deliver(base::failed(code, detail)); }
    const base::Delivery<Result<QByteArray>>& outcome() const { return m_outcome; }

private:
    void read()
    {
        m_output += m_process.readAllStandardOutput();
        if (m_output.size() > longestOutput)
            fail(ErrorCode::Protocol, u"the host prints too much"_s);
    }

    void finish()
    {
        read();
        if (m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0)
            m_outcome.deliver(m_output);
        else
            fail(ErrorCode::Network, lastWords());
    }

    QString lastWords()
    {
        const QByteArray words = m_process.readAllStandardError().trimmed().split('\n').constLast().trimmed();
        return words.isEmpty() ? u"ssh ended with %1"_s.arg(m_process.exitCode()) : QString::fromUtf8(words.left(300));
    }

    QProcess m_process;
    QByteArray m_output;
    base::Delivery<Result<QByteArray>> m_outcome;
};

Task<Result<QByteArray>> runSsh(QStringList arguments, QByteArray input, std::chrono::milliseconds limit,
                                std::stop_token stop)
{
    const QString program = QStandardPaths::findExecutable(u"ssh"_s);
    if (program.isEmpty())
        co_return base::failed(ErrorCode::Unsupported, u"ssh is not installed on this machine"_s);
    const SshRun run(program, arguments, input, limit);
    const std::stop_callback onStop(stop, [&run] { run.fail(ErrorCode::Cancelled, u"stopped"_s); });
    auto output = co_await run.outcome();
    co_return output;
}

QStringList sshArguments(const QString& host, const QString& configuration)
{
    QStringList arguments {u"-T"_s,
                           u"-o"_s,
                           u"BatchMode=yes"_s,
                           u"-o"_s,
                           u"ConnectTimeout=10"_s,
                           u"-o"_s,
                           u"ForwardAgent=no"_s,
                           u"-o"_s,
                           u"ClearAllForwardings=yes"_s};
    if (!configuration.isEmpty())
        arguments += {u"-F"_s, configuration};
    return arguments + QStringList {u"--"_s, host, u"sh"_s};
}

} // namespace

HostView::HostView(QString host, QString configuration)
    : m_host(std::move(host))
    , m_configuration(std::move(configuration))
{
}

Result<void> HostView::check(const QString& host)
{
    static const QRegularExpression pattern(u"\\A[A-Za-z0-9_][A-Za-z0-9_.:-]*(?:@[A-Za-z0-9_][A-Za-z0-9_.:-]*)?\\z"_s);
    if (host.size() > 255 || !pattern.match(host).hasMatch())
        return base::invalid(u"host"_s, u"“%1” is no host that ssh could reach"_s.arg(host.left(100)));
    return {};
}

Task<Result<Sights>> HostView::look(QList<HostQuestion> questions, std::stop_token stop) const
{
    if (auto usable = check(m_host); !usable)
        co_return tl::unexpected(std::move(usable).error());
    Sights all;
    for (qsizetype first = 0; first < questions.size(); first += namesAtOnce) {
        const QList<HostQuestion> some = questions.mid(first, namesAtOnce);
        const QByteArray mark = "sealwright-" + crypto::randomBytes(8).toHex();
        auto script = hostScript(some, mark);
        if (!script)
            co_return tl::unexpected(std::move(script).error());
        const auto limit = toConnect + perName * some.size();
        auto output = co_await runSsh(sshArguments(m_host, m_configuration), *script, limit, stop);
        if (!output)
            co_return base::failed(std::move(output), u"asking %1"_s.arg(m_host));
        all += readHostScript(some, mark, *output);
    }
    co_return all;
}

} // namespace challenge
