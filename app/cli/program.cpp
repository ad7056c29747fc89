// SPDX-License-Identifier: Apache-2.0
#include "app/cli/program.h"

#include "app/cli/command_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/output.h"
#include "app/cli/session.h"

#include <QEventLoop>

#include <cstdio>

namespace cli {
namespace {

using base::Result;
using base::Task;

int fail(const base::Error& error, bool json)
{
    print(error, json);
    return exitCodeFor(error);
}

Task<Result<Reply>> perform(Session& session, const Invocation& invocation)
{
    auto opened = co_await session.open(invocation.command->needs);
    if (!opened)
        co_return base::failed(std::move(opened).error());
    co_return co_await invocation.command->run(session, invocation.arguments);
}

Task<void> execute(Session& session, const Invocation& invocation, int& exitCode, QEventLoop& loop)
{
    auto reply = co_await perform(session, invocation);
    if (reply)
        print(*reply, session.options().json);
    exitCode = reply ? reply->exitCode : fail(reply.error(), session.options().json);
    co_await session.close();
    loop.quit();
}

lifecycle::Origin originOf(const Command& command)
{
    return command.noun == u"agent" ? lifecycle::Origin::Agent : lifecycle::Origin::CommandLine;
}

} // namespace

int runProgram(const QStringList& arguments)
{
    const auto invocation = parseCommandLine(arguments);
    if (!invocation)
        return fail(invocation.error(), wantsJson(arguments));
    if (!invocation->command) {
        std::fputs(invocation->help.toUtf8().constData(), stdout);
        return exit_code::Done;
    }
    int exitCode = -1;
    QEventLoop loop;
    Session session(invocation->global, originOf(*invocation->command));
    base::TaskScope scope;
    scope.start(execute(session, *invocation, exitCode, loop));
    if (scope.running() > 0)
        loop.exec();
    return exitCode;
}

} // namespace cli
