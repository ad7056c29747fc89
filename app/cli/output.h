// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

namespace cli {

/// The text form of a reply: a table for a list, "field  value" lines for a single result.
QString asText(const Reply& reply);
/// Prints a reply on standard output.
void print(const Reply& reply, bool json);
/// Prints a failure: one sentence on standard error, and with `json` also the error on standard output.
void print(const base::Error& error, bool json);
/// One line on standard error.
void printLine(const QString& line);

} // namespace cli
