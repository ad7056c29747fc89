// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

/// The openssl command, to hear from somebody else whether our files are good.
class OpensslCommand {
public:
    /// The path of a new file with `content` that lives as long as this object.
    QString file(const QString& name, QByteArrayView content) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a temporary file");
        file.write(content.data(), content.size());
        return file.fileName();
    }

    /// Standard output of `openssl arguments…`; what it complained about when it failed.
    QByteArray operator()(const QStringList& arguments) const
    {
        QProcess process;
        const bool done = run(process, arguments);
        return done ? process.readAllStandardOutput() : "FAILED: " + process.readAllStandardError();
    }

    /// Standard error, where some commands put what they tell.
    QByteArray complaints(const QStringList& arguments) const
    {
        QProcess process;
        run(process, arguments);
        return process.readAllStandardError();
    }

private:
    static bool run(QProcess& process, const QStringList& arguments)
    {
        process.start(QStringLiteral("openssl"), arguments);
        return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }

    QTemporaryDir m_folder;
};
