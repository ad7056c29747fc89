// SPDX-License-Identifier: Apache-2.0
#include "app/cli/exit_code.h"

namespace cli {

int exitCodeFor(const base::Error& error)
{
    switch (error.code()) {
    case base::ErrorCode::Locked:
    case base::ErrorCode::WrongPassphrase:
        return exit_code::Locked;
    case base::ErrorCode::InProgress:
        return exit_code::InProgress;
    case base::ErrorCode::InvalidInput:
        return error.field().isEmpty() ? exit_code::Failed : exit_code::WrongUsage;
    default:
        return exit_code::Failed;
    }
}

int worse(int left, int right)
{
    if (left == exit_code::Done || right == exit_code::Done)
        return left == exit_code::Done ? right : left;
    if (left == exit_code::InProgress)
        return right;
    return left;
}

} // namespace cli
