// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "practice/child_process.h"
#include "practice/pebble_configuration.h"

#include <stop_token>

namespace practice {

/// The DNS server of pebble's package, pebble-challtestsrv: beside `pebble`, else in PATH, else empty.
QString pebbleDnsProgram(const QString& pebble);
/// Starts it in `child` as a DNS server that answers 127.0.0.1 for every name; completes when it listens.
base::Task<base::Result<void>> startPebbleDns(ChildProcess& child, QString program, PebblePorts ports,
                                              std::stop_token stop);

} // namespace practice
