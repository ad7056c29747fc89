// SPDX-License-Identifier: Apache-2.0
#pragma once

class QProcess;

namespace base::platform {

/// Makes the child that `process` will start die with the thread that starts it, however this program ends.
void tieToThisThread(QProcess& process);
/// The same, with a process group of the child's own, which killGroup() ends. Signals of a terminal do not reach it.
void tieGroupToThisThread(QProcess& process);
/// Ends the child with whatever it has started that stayed in its group; nothing where the child has ended.
void killGroup(QProcess& process);

} // namespace base::platform
