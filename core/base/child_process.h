// SPDX-License-Identifier: Apache-2.0
#pragma once

class QProcess;

namespace base::platform {

/// Makes the child that `process` will start die with the thread that starts it, however this program ends.
void tieToThisThread(QProcess& process);
/// Gives the child a process group of its own, which killGroup() ends, and sends it SIGTERM when that thread dies: it
/// then has to end the group. Signals of a terminal do not reach it.
void tieGuardianToThisThread(QProcess& process);
/// Ends the child with whatever it has started that stayed in its group; nothing where the child has ended.
void killGroup(QProcess& process);

} // namespace base::platform
