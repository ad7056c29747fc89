// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/host_view.h"

#include <QByteArray>

/// What HostView has a host's `sh` do, and what comes back. Private to challenge.
namespace challenge {

/// A script for `sh` on standard input. Each of its lines of output begins with `mark`, since a login may print
/// anything. InvalidInput for names and URLs that a shell could take for something else.
base::Result<QByteArray> hostScript(const QList<HostQuestion>& questions, const QByteArray& mark);
/// Reads the output of that script; lines that are not its own are passed over.
QList<HostSight> readHostScript(const QList<HostQuestion>& questions, const QByteArray& mark, const QByteArray& output);

} // namespace challenge
