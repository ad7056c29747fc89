// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "practice/pebble_options.h"
#include "practice/practice_tls.h"

#include <QJsonObject>
#include <QProcessEnvironment>

namespace practice {

/// The ports of one running pebble, all on 127.0.0.1.
struct PebblePorts {
    quint16 directory = 0;
    quint16 management = 0;
    quint16 http = 0; ///< where it fetches http-01 answers
    quint16 tls = 0; ///< where it fetches tls-alpn-01 answers
    quint16 dns = 0;
    quint16 dnsManagement = 0;
};

/// Pebble's configuration file, as versions from 2.4 on read it: each passes over what it does not know.
QJsonObject pebbleConfiguration(const PebbleOptions& options, const PebblePorts& ports, const PracticeTls& tls);
/// `inherited` with the variables that tell pebble how to behave.
QProcessEnvironment pebbleEnvironment(const PebbleOptions& options, QProcessEnvironment inherited);
/// Ports that are free now; those that `options` fixes are taken as they are.
PebblePorts freePorts(const PebbleOptions& options);

} // namespace practice
