// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "practice/child_process.h"

#include <QByteArray>

#include <functional>
#include <stop_token>

namespace practice {

/// Whether 127.0.0.1 accepts connections at `port` now.
base::Task<bool> acceptsConnections(quint16 port);
/// Whether a TLS server answers at `port` of 127.0.0.1 with a certificate of the root in `rootPem`.
base::Task<bool> servesTls(quint16 port, QByteArray rootPem);

/// Asks `probe` again and again until it says yes: Network where `child` ends before, Timeout after 20 s, Cancelled.
base::Task<base::Result<void>> untilReady(const ChildProcess& child, std::function<base::Task<bool>()> probe,
                                          std::stop_token stop);
/// Completes when `child` has ended: false where it was stopped before.
base::Task<bool> untilEnded(const ChildProcess& child, std::stop_token stop);

} // namespace practice
