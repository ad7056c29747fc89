// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace support {

/// Runs commands as a person would: pasted into `sh`, in an empty folder.
class Shell {
public:
    struct Outcome {
        int exitCode = -1;
        QByteArray output;
        QByteArray errors;
    };

    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// Found before those of the system.
    void addPrograms(const QString& folder) { m_programs = folder; }

    /// Runs the event loop meanwhile, so that what is asked may live in this process.
    Outcome run(const QString& command) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!m_programs.isEmpty())
            environment.insert(QStringLiteral("PATH"), m_programs + u':' + environment.value(QStringLiteral("PATH")));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("sh"), {QStringLiteral("-c"), command});
        const bool ended = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000);
        if (!ended)
            qFatal("%s does not end", qPrintable(command));
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    /// Whether nothing was left in its folder.
    bool isUntouched() const { return QDir(m_folder.path()).isEmpty(); }

private:
    QTemporaryDir m_folder;
    QString m_programs;
};

} // namespace support
