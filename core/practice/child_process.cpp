// SPDX-License-Identifier: Apache-2.0
#include "practice/child_process.h"

#include "base/child_process.h"

namespace practice {
namespace {

constexpr qsizetype outputLimit = 64 * 1024;

} // namespace

ChildProcess::ChildProcess()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    base::platform::tieToThisThread(m_process);
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] { read(); });
}

ChildProcess::~ChildProcess()
{
    m_process.disconnect();
    m_process.kill();
    m_process.waitForFinished(); // a killed process ends at once
}

void ChildProcess::start(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment)
{
    m_process.setProcessEnvironment(environment);
    m_process.start(program, arguments);
    m_process.closeWriteChannel();
}

void ChildProcess::read()
{
    m_output.append(m_process.readAllStandardOutput());
    m_output = std::move(m_output).right(outputLimit);
}

QString ChildProcess::lastWords() const
{
    if (m_process.error() == QProcess::FailedToStart)
        return m_process.errorString();
    return QString::fromUtf8(m_output.trimmed().split('\n').constLast());
}

} // namespace practice
