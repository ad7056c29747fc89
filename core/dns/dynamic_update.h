// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "dns/exchange.h"
#include "dns/tsig_key.h"

#include <memory>
#include <stop_token>

namespace dns {

/// A TXT value at a name of a zone.
struct TextValue {
    QString zone;
    QString name;
    QByteArray value;
};

/// Changes TXT records on a zone's primary server by signed DNS UPDATE (RFC 2136, RFC 8945).
///
/// Each change is of one value: others at the same name stay. Errors say in words whether the server is unreachable
/// (Network, Timeout), does not know the key, holds another secret, has another time, does not serve the zone, or does
/// not let this key change it (Rejected), or answered without a signature that fits (Protocol).
class DynamicUpdate {
public:
    DynamicUpdate(ServerAddress server, std::shared_ptr<const TsigKey> key, const base::Clock& clock,
                  ExchangeLimits limits = {});

    /// Adding a value that is there changes nothing.
    base::Task<base::Result<void>> add(TextValue text, quint32 ttl, std::stop_token stop) const;
    /// Removing a value that is not there changes nothing.
    base::Task<base::Result<void>> remove(TextValue text, std::stop_token stop) const;
    /// Whether the key may change the record, found out by removing a value that cannot be there.
    base::Task<base::Result<void>> probe(QString zone, QString name, std::stop_token stop) const;

private:
    base::Task<base::Result<void>> send(QByteArray message, QString zone, std::stop_token stop) const;

    ServerAddress m_server;
    std::shared_ptr<const TsigKey> m_key;
    const base::Clock* m_clock; // a pointer, so that values of this class can be assigned
    ExchangeLimits m_limits;
};

} // namespace dns
