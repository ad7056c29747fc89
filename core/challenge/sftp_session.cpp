// SPDX-License-Identifier: Apache-2.0
#include "challenge/sftp_session.h"

#include "base/child_process.h"
#include "challenge/sftp_failure.h"

#include <QFile>
#include <QStandardPaths>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;

constexpr qsizetype outputLimit = 1024 * 1024;
constexpr int longestFarewell = 2000; // ms
constexpr auto readableByAll = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
constexpr QByteArrayView echo("sftp> "); // before each command of a batch, as it is begun

void append(SftpReport& report, const QByteArray& line)
{
    if (line.startsWith(echo))
        report.said.append(QByteArray());
    else if (!report.said.isEmpty() && !line.isEmpty())
        report.said.last() += report.said.constLast().isEmpty() ? line : '\n' + line;
}

base::Error aboutHost(ErrorCode code, const QString& detail)
{
    return base::Error(code, detail).about(u"webrootHost"_s);
}

} // namespace

QByteArray sftpQuoted(const QString& path)
{
    QByteArray bytes = path.toUtf8();
    bytes.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + bytes + '"';
}

SftpSession::SftpSession(SshHost host, SftpJob commands, SshSettings settings)
    : m_host(std::move(host))
    , m_commands(std::move(commands))
    , m_settings(std::move(settings))
{
    m_process.setProcessChannelMode(QProcess::MergedChannels); // so that it is known which command said what
    m_process.setWorkingDirectory(m_folder.path());
    base::platform::tieToThisThread(m_process);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SftpSession::read);
    connect(&m_process, &QProcess::finished, this, &SftpSession::finish);
    connect(
        &m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end(base::failed(aboutHost(ErrorCode::File, u"starting sftp: %1"_s.arg(m_process.errorString()))));
        },
        Qt::QueuedConnection);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        giveUp(aboutHost(ErrorCode::Timeout, u"%1 did not do what sftp asked in time"_s.arg(m_host.toString())));
    });
}

SftpSession::~SftpSession()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished(); // a killed process ends at once
}

Result<QByteArray> SftpSession::writeBatch() const
{
    QByteArray batch;
    int files = 0;
    for (const SftpCommand& command : m_commands) {
        batch += command.verb + ' ';
        if (command.upload) {
            const QString name = QString::number(files++);
            QFile file(m_folder.filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(*command.upload) != command.upload->size()
                || !file.setPermissions(readableByAll)) // put gives its file the same ones
                return base::failed(ErrorCode::File, u"%1: %2"_s.arg(file.fileName(), file.errorString()));
            batch += name.toLatin1() + ' ';
        }
        batch += command.argument + '\n';
    }
    return batch;
}

void SftpSession::start()
{
    const QString program = QStandardPaths::findExecutable(u"sftp"_s);
    auto batch = writeBatch();
    if (program.isEmpty())
        batch = base::failed(aboutHost(ErrorCode::NotFound,
                                       u"sftp is not installed on this machine: install the package openssh-client"_s));
    if (!batch) {
        m_outcome = base::failed(std::move(batch).error());
        QMetaObject::invokeMethod(this, &SftpSession::ended, Qt::QueuedConnection);
        return;
    }
    m_patience.setSingleShot(true);
    m_patience.start(m_settings.patience);
    m_process.start(program, QStringList {u"-b"_s, u"-"_s} + m_settings.arguments() + m_host.sftpArguments());
    m_process.write(*batch);
    m_process.closeWriteChannel();
}

void SftpSession::stop()
{
    giveUp({ErrorCode::Cancelled, u"stopped"_s});
}

void SftpSession::giveUp(base::Error why)
{
    if (!m_gaveUp)
        m_gaveUp = std::move(why);
    m_process.terminate(); // so that sftp takes its ssh with it
    QTimer::singleShot(longestFarewell, &m_process, &QProcess::kill);
}

void SftpSession::read()
{
    m_output += m_process.readAllStandardOutput();
    if (m_output.size() > outputLimit)
        giveUp(aboutHost(ErrorCode::Protocol, u"%1 says more than an answer to sftp can be"_s.arg(m_host.toString())));
    m_output.truncate(outputLimit);
}

void SftpSession::finish()
{
    read();
    end(m_gaveUp ? tl::unexpected(*m_gaveUp) : report());
}

Result<SftpReport> SftpSession::report() const
{
    SftpReport report;
    for (const QByteArray& line : m_output.split('\n'))
        append(report, line.trimmed());
    report.failed = m_process.exitCode() != 0;
    // sftp ends with 1 for a command that failed, and with 255 where the connection did
    const bool connected = m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() <= 1;
    if (!connected || report.said.isEmpty())
        return base::failed(sftpFailure(m_host, m_output));
    const bool plausible =
        report.failed ? report.said.size() <= m_commands.size() : report.said.size() == m_commands.size();
    if (!plausible)
        return base::failed(
            aboutHost(ErrorCode::Protocol, u"sftp to %1 said something unknown"_s.arg(m_host.toString())));
    return report;
}

void SftpSession::end(Result<SftpReport> outcome)
{
    m_patience.stop();
    m_outcome = std::move(outcome);
    Q_EMIT ended();
}

} // namespace challenge
