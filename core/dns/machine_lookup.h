// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"

#include <QHostAddress>
#include <QList>

#include <chrono>
#include <stop_token>

namespace dns {

/// The addresses of a name as the programs of this machine find them: by its hosts file and whatever else
/// nsswitch.conf(5) tells. Empty where the name has none.
///
/// Network where that could not be found out, Timeout after `limit`, Cancelled. Occupies a thread of Qt's pool for
/// look-ups, so that callers bound how many they ask for at once.
base::Task<base::Result<QList<QHostAddress>>> machineLookup(QString name, std::chrono::milliseconds limit,
                                                            std::stop_token stop);

} // namespace dns
