// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "dns/server_address.h"

#include <QByteArray>

#include <chrono>
#include <stop_token>

namespace dns {

/// How long and how often a server is asked.
struct ExchangeLimits {
    std::chrono::milliseconds perTry {2000}; ///< for one datagram, and for a whole exchange over TCP
    int tries = 3; ///< datagrams
};

/// Sends `message` to `server` over UDP and completes with the reply, fetched over TCP where it was cut off.
///
/// Each datagram leaves from another port, chosen by the system, by a connected socket: replies from elsewhere and
/// such as isReplyTo() refuses are passed over. Timeout when nothing came, Network when the server cannot be reached
/// or its name not be resolved, Cancelled. The detail names the server.
base::Task<base::Result<QByteArray>> exchange(QByteArray message, ServerAddress server, ExchangeLimits limits,
                                              std::stop_token stop);

} // namespace dns
