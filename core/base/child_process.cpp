// SPDX-License-Identifier: Apache-2.0
#include "base/child_process.h"

#include <QProcess>

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace base::platform {
namespace {

/// In the child, before its program.
void tie(::pid_t parent, int signal)
{
    ::prctl(PR_SET_PDEATHSIG, signal);
    if (::getppid() != parent) // it ended before the line above
        ::_exit(1);
}

} // namespace

void tieToThisThread(QProcess& process)
{
    process.setChildProcessModifier([parent = ::getpid()] { tie(parent, SIGKILL); });
}

void tieGuardianToThisThread(QProcess& process)
{
    process.setChildProcessModifier([parent = ::getpid()] {
        ::setpgid(0, 0);
        tie(parent, SIGTERM);
    });
}

void killGroup(QProcess& process)
{
    const auto leader = static_cast<::pid_t>(process.processId());
    if (process.state() == QProcess::NotRunning || leader <= 0) // its number may be another's by now
        return;
    ::kill(-leader, SIGKILL);
    process.kill(); // also where it has not come as far as to have a group
}

} // namespace base::platform
