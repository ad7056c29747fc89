// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "practice/pebble_server.h"
#include "support/await.h"
#include "support/free_port.h"

#include <QTemporaryDir>

#include <memory>

namespace support {

/// A pebble in a folder of its own; both are gone with this object. Tests that use it link core_practice.
struct RunningPebble {
    std::unique_ptr<QTemporaryDir> folder = std::make_unique<QTemporaryDir>();
    std::unique_ptr<practice::PebbleServer> server;

    practice::PebbleServer* operator->() const { return server.get(); }
};

/// Starts pebble or ends the test program: where it is missing, a test must fail and not be skipped.
inline RunningPebble startPebble(practice::PebbleOptions options = {})
{
    RunningPebble pebble;
    for (quint16* port : {&options.httpPort, &options.tlsPort}) // pebble itself does not hold them
        if (*port == 0)
            *port = freePort();
    auto started = await(practice::PebbleServer::start(std::move(options), pebble.folder->path(), {}));
    if (!started)
        qFatal("pebble is needed for this test: %s", qPrintable(started.error().message()));
    pebble.server = *std::move(started);
    return pebble;
}

} // namespace support
