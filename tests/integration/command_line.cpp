// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"

#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <unistd.h>

namespace integration {
namespace {

using namespace Qt::StringLiterals;

constexpr int longestRun = 240'000; // a sanitized program on a busy machine whose server refuses most nonces

void waitUntil(QProcess& process, const std::function<bool()>& reached)
{
    QEventLoop loop;
    QTimer::singleShot(longestRun, &loop, [] { qFatal("sealwright-cli did not end in time"); });
    QTimer look; // output may arrive without another signal where the process ends at the same moment
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (reached() || process.state() == QProcess::NotRunning)
            loop.quit();
    });
    look.start(1);
    loop.exec();
}

QProcessEnvironment bareEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : {u"CREDENTIALS_DIRECTORY"_s, u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s})
        environment.remove(name);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    return environment;
}

} // namespace

CommandLine::CommandLine()
    : m_passphraseFile(write(u"passphrase"_s, passphrase() + '\n'))
{
}

QString CommandLine::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

std::unique_ptr<QProcess> CommandLine::make(const QString& passphraseFile, const QStringList& arguments) const
{
    QStringList all {u"--json"_s, u"--data-dir"_s, dataFolder()};
    if (!passphraseFile.isEmpty())
        all += {u"--passphrase-file"_s, passphraseFile};
    auto process = std::make_unique<QProcess>();
    process->setProgram(QStringLiteral(BINARY_ROOT "/bin/sealwright-cli"));
    process->setArguments(all + arguments);
    process->setProcessEnvironment(bareEnvironment());
    process->setChildProcessModifier([] { ::setsid(); }); // no terminal to ask on
    process->start();
    if (!process->waitForStarted())
        qFatal("cannot start %s", qPrintable(process->program()));
    return process;
}

Run CommandLine::run(const QStringList& arguments) const
{
    return runWith(m_passphraseFile, arguments);
}

Run CommandLine::runWith(const QString& passphraseFile, const QStringList& arguments) const
{
    const auto process = make(passphraseFile, arguments);
    return finished(*process);
}

std::unique_ptr<QProcess> CommandLine::start(const QStringList& arguments) const
{
    return make(m_passphraseFile, arguments);
}

Run CommandLine::runAndKill(const QStringList& arguments, int events) const
{
    const auto process = start(arguments + QStringList {u"--progress"_s});
    if (announced(*process, events))
        process->kill();
    return finished(*process);
}

Run CommandLine::runAndKillWhen(const QStringList& arguments, const std::function<bool()>& reached) const
{
    const auto process = start(arguments);
    waitUntil(*process, reached);
    if (reached())
        process->kill();
    return finished(*process);
}

Run CommandLine::addAuthority(const practice::PebbleServer& pebble) const
{
    const QString root = write(u"root.pem"_s, pebble.rootPem());
    return run(
        {u"authority"_s, u"add"_s, u"pebble"_s, pebble.directoryUrl(), u"--root"_s, root, u"--proxy"_s, u"none"_s});
}

void CommandLine::prepare(const practice::PebbleServer& pebble) const
{
    const Run added = addAuthority(pebble);
    if (added.exitCode != 0)
        qFatal("adding the authority: %s", added.errors.constData());
    const Run registered = run({u"account"_s, u"register"_s, u"pebble"_s, u"--agree-tos"_s});
    if (registered.exitCode != 0)
        qFatal("registering the account: %s", registered.errors.constData());
}

QStringList CommandLine::issuing(const QStringList& names, const practice::PebbleServer& pebble,
                                 const QStringList& more)
{
    return QStringList {u"certificate"_s, u"issue"_s} + names
        + QStringList {u"--authority"_s, u"pebble"_s,   u"--challenge"_s,
                       u"http-01"_s,     u"--listen"_s, u"127.0.0.1:%1"_s.arg(pebble.httpPort())}
    + more;
}

Run finished(QProcess& process)
{
    waitUntil(process, [] { return false; });
    Run run;
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.output = process.readAllStandardOutput();
    run.errors = process.readAllStandardError();
    return run;
}

bool announced(QProcess& process, int events)
{
    int seen = 0;
    process.setReadChannel(QProcess::StandardError);
    const auto count = [&] {
        while (seen < events && process.canReadLine())
            seen += process.readLine().startsWith('{') ? 1 : 0;
        return seen >= events;
    };
    waitUntil(process, count);
    return count();
}

} // namespace integration
