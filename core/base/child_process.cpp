// SPDX-License-Identifier: Apache-2.0
#include "base/child_process.h"

#include <QProcess>

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace base::platform {

void tieToThisThread(QProcess& process)
{
    process.setChildProcessModifier([parent = ::getpid()] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) // it ended before the line above
            ::_exit(1);
    });
}

} // namespace base::platform
