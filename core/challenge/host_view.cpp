// SPDX-License-Identifier: Apache-2.0
#include "challenge/host_view.h"

#include "base/program_run.h"
#include "challenge/host_script.h"
#include "crypto/random.h"

#include <QRegularExpression>
#include <QStandardPaths>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Sights = QList<HostSight>;

constexpr qsizetype namesAtOnce = 25;
constexpr std::chrono::milliseconds toConnect = 20s;
constexpr std::chrono::milliseconds perName = 25s; // four tries of dig and one of curl, none of which answers

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
