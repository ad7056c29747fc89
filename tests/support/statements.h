// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/statement.h"

namespace support {

/// What was found, in words of the test's own.
inline QList<challenge::Statement> said(const QString& words)
{
    return {{challenge::Statement::Code::Failed, {words}}};
}

} // namespace support
