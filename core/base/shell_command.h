// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace base {

/// One word as every POSIX shell reads it back, whatever is in it.
///
/// Control and formatting characters become U+FFFD: what is pasted into a terminal is typed, so that an escape sequence
/// in a server's words would leave the quotes.
QString shellWord(const QString& word);
/// The words as one command.
QString shellCommand(const QStringList& words);

} // namespace base
