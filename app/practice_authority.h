// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/authority.h"
#include "practice/pebble_server.h"

#include <memory>
#include <stop_token>

namespace lifecycle {
class Engine;
}

namespace app {

/// The practice CA as an authority under management: runs the installed pebble for as long as this object lives.
///
/// start() must be called on a thread that lives as long as the practice CA is wanted.
class PracticeAuthority {
public:
    /// The name under which it is listed.
    static QString defaultName();
    /// pebble's usual ports where they are free, others where they are not.
    static practice::PebbleOptions usualPorts(practice::PebbleOptions options = {});

    /// Starts pebble with its files below `folder`, then adds the authority `name`, or updates it where there is one,
    /// pinned to pebble's root.
    base::Task<base::Result<lifecycle::Authority>> start(lifecycle::Engine& engine, QString name,
                                                         practice::PebbleOptions options, QString folder,
                                                         std::stop_token stop);
    /// Null until started.
    const practice::PebbleServer* server() const { return m_server.get(); }

private:
    std::unique_ptr<practice::PebbleServer> m_server;
};

} // namespace app
