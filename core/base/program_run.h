// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <stop_token>

namespace base {

/// One run of another program. Nothing secret belongs anywhere but into `input`.
struct ProgramCall {
    QString program; ///< an absolute path
    QStringList arguments = {};
    QStringList environment = {}; ///< "NAME=value", beside what this process has
    Secret input = {}; ///< its standard input
    std::chrono::milliseconds limit {std::chrono::minutes(1)};
};

struct ProgramEnd {
    int exitCode = 0;
    QByteArray output; ///< of standard output, the first 64 KiB
    QByteArray errors; ///< of standard error, the first 64 KiB

    /// The last lines of what it wrote, for a sentence about a failure.
    QString lastWords() const;
};

/// Runs it without blocking the thread. Whoever runs past the limit or is stopped is ended together with what it has
/// started itself, and so is all of that when this process dies, however that comes.
///
/// NotFound where it cannot be started, Timeout, Cancelled, Rejected where it crashed. An exit code is no error.
Task<Result<ProgramEnd>> runProgram(ProgramCall call, std::stop_token stop);

} // namespace base
