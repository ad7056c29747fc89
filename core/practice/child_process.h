// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QProcess>
#include <QStringList>

namespace practice {

/// A program that runs as long as this object does, with what it prints kept for reading.
class ChildProcess {
public:
    ChildProcess();
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    void start(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment);
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    qint64 id() const { return m_process.processId(); }
    /// What it printed on both channels, the last 64 KiB.
    const QByteArray& output() const { return m_output; }
    /// Why it ended, for an error's detail: the last line it printed, or what kept it from starting.
    QString lastWords() const;

private:
    void read();

    QProcess m_process;
    QByteArray m_output;
};

} // namespace practice
