// SPDX-License-Identifier: Apache-2.0
#pragma once

class QProcess;

namespace base::platform {

/// Makes the child that `process` will start die with the thread that starts it, however this program ends.
void tieToThisThread(QProcess& process);

} // namespace base::platform
