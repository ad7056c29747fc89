// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/task.h"

namespace cli {

class Session;

/// Completes when the operator or the system wants the program to end.
base::Task<void> untilStopped(Session& session);

} // namespace cli
