// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/bind_server.h"
#include "support/caddy_server.h"
#include "support/pebble_server.h"

#include <optional>

namespace benchmark {

struct ServerOptions {
    bool dns = false; ///< whether names are proved by records
    bool caddy = false; ///< Caddy's `acme_server` instead of pebble
};

/// The authority, and the DNS server that it resolves by. Lives on one thread, since both are processes; elsewhere they
/// would be other machines', so that they take the processor after the window that is measured.
class Servers {
public:
    void start(const ServerOptions& options);

    QString directoryUrl() const;
    QByteArray rootPem() const;
    /// Where the authority asks about http-01, as `--listen` takes it.
    QString responder() const;
    /// The name of order number `order`, counted from 0: of the zone, or for Caddy over http-01 an address of
    /// loopback, as it resolves by this machine alone.
    QString name(int order) const;
    QString dnsServer() const { return m_bind->address(); }
    /// The contents of the file of the zone's key.
    QByteArray zoneKey() const;

private:
    ServerOptions m_options;
    support::BindKey m_key {QStringLiteral("benchmark.test"), QStringLiteral("hmac-sha256"),
                            "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
    std::optional<support::BindServer> m_bind;
    support::RunningPebble m_pebble;
    std::optional<support::CaddyServer> m_caddy;
};

} // namespace benchmark
