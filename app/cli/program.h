// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace cli {

/// Does what the arguments (without the program's name) say and returns the exit code. Needs a QCoreApplication.
int runProgram(const QStringList& arguments);

} // namespace cli
