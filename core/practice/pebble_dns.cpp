// SPDX-License-Identifier: Apache-2.0
#include "practice/pebble_dns.h"

#include "practice/readiness.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace practice {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

QStringList dnsArguments(const PebblePorts& ports, const QByteArray& help)
{
    const QString none;
    // newer versions renamed the option, and serve DNS over HTTPS unless told otherwise
    const bool isNew = help.contains("-dnsserver");
    QStringList arguments {isNew ? u"-dnsserver"_s : u"-dns01"_s, u"127.0.0.1:%1"_s.arg(ports.dns)};
    arguments << u"-management"_s << u"127.0.0.1:%1"_s.arg(ports.dnsManagement) << u"-http01"_s << none << u"-https01"_s
              << none << u"-tlsalpn01"_s << none << u"-defaultIPv4"_s << u"127.0.0.1"_s << u"-defaultIPv6"_s << none;
    if (help.contains("-doh"))
        arguments << u"-doh"_s << none;
    return arguments;
}

Task<QByteArray> helpOf(QString program, std::stop_token stop)
{
    ChildProcess child;
    child.start(program, {u"-h"_s}, QProcessEnvironment::systemEnvironment());
    co_await untilEnded(child, std::move(stop));
    co_return child.output();
}

} // namespace

QString pebbleDnsProgram(const QString& pebble)
{
    const QString name = u"pebble-challtestsrv"_s;
    const QString beside = QStandardPaths::findExecutable(name, {QFileInfo(pebble).absolutePath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

Task<Result<void>> startPebbleDns(ChildProcess& child, QString program, PebblePorts ports, std::stop_token stop)
{
    const QByteArray help = co_await helpOf(program, stop);
    child.start(program, dnsArguments(ports, help), QProcessEnvironment::systemEnvironment());
    std::function<Task<bool>()> probe = [port = ports.dns] { return acceptsConnections(port); };
    auto ready = co_await untilReady(child, std::move(probe), std::move(stop));
    if (!ready)
        co_return base::failed(std::move(ready), u"starting pebble-challtestsrv");
    co_return Result<void>();
}

} // namespace practice
