// SPDX-License-Identifier: Apache-2.0
#include "challenge/host_view.h"

#include "base/program_run.h"
#include "challenge/host_script.h"
#include "challenge/ssh_host.h"
#include "crypto/random.h"

#include <QStandardPaths>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Sights = QList<HostSight>;

constexpr qsizetype namesOfACall = 25;
constexpr std::chrono::milliseconds toConnect = 20s;
constexpr std::chrono::milliseconds perName = 30s; // six tries of dig and one of curl, none of which answers

Task<Result<QByteArray>> runSsh(QStringList arguments, QByteArray input, std::chrono::milliseconds limit,
                                std::stop_token stop)
{
    base::ProgramCall call;
    call.program = QStandardPaths::findExecutable(u"ssh"_s);
    if (call.program.isEmpty())
        co_return base::failed(ErrorCode::Unsupported, u"ssh is not installed on this machine"_s);
    call.arguments = std::move(arguments);
    call.input = base::Secret(QByteArrayView(input));
    call.limit = limit;
    auto end = co_await base::runProgram(std::move(call), std::move(stop));
    if (!end)
        co_return tl::unexpected(std::move(end).error());
    if (end->exitCode != 0)
        co_return base::failed(ErrorCode::Network, end->lastWords());
    co_return std::as_const(end->output);
}

QStringList sshArguments(const SshHost& host, const QString& configuration)
{
    SshSettings settings;
    settings.configFile = configuration;
    return QStringList {u"-T"_s, u"-o"_s, u"ForwardAgent=no"_s, u"-o"_s, u"ClearAllForwardings=yes"_s}
    + settings.arguments() + host.sshArguments() + QStringList(u"sh"_s);
}

/// InvalidInput about "host".
Result<SshHost> parsed(const QString& host)
{
    auto found = SshHost::parse(host);
    if (!found)
        return base::failed(std::move(found).error().about(u"host"_s));
    return found;
}

} // namespace

HostView::HostView(QString host, QString configuration)
    : m_host(std::move(host))
    , m_configuration(std::move(configuration))
{
}

Result<void> HostView::check(const QString& host)
{
    if (auto usable = parsed(host); !usable)
        return base::failed(std::move(usable).error());
    return {};
}

Task<Result<Sights>> HostView::look(QList<HostQuestion> questions, std::stop_token stop) const
{
    const auto host = parsed(m_host);
    if (!host)
        co_return tl::unexpected(host.error());
    Sights all;
    for (qsizetype first = 0; first < questions.size(); first += namesOfACall) {
        const QList<HostQuestion> some = questions.mid(first, namesOfACall);
        const QByteArray mark = "sealwright-" + crypto::randomBytes(8).toHex();
        auto script = hostScript(some, mark);
        if (!script)
            co_return tl::unexpected(std::move(script).error());
        const auto limit = toConnect + perName * some.size();
        auto output = co_await runSsh(sshArguments(*host, m_configuration), *script, limit, stop);
        if (!output)
            co_return base::failed(std::move(output), u"asking %1"_s.arg(m_host));
        all += readHostScript(some, mark, *output);
    }
    co_return all;
}

} // namespace challenge
