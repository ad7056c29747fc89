// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/retry_policy.h"
#include "base/task.h"
#include "dns/server_address.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>
#include <stop_token>

namespace challenge {

/// A TXT value that is to appear.
struct AwaitedRecord {
    QString name;
    QString zone; ///< that it lies in; empty where that is not known yet
    QByteArray value;
    std::chrono::seconds patience; ///< until it counts as not coming
};

/// Waits until a TXT record is seen wherever an authority may look: never for a fixed time.
class RecordWatch {
public:
    /// `resolvers` are the authority's ("HOST:PORT"); where there are none, those of this machine find the zone's
    /// servers, as `resolvConf` names them. The clock outlives this object.
    RecordWatch(base::Clock& clock, QStringList resolvers, QString resolvConf = QStringLiteral("/etc/resolv.conf"));

    /// Waits for `primary` ("HOST:PORT") where it is not empty, then for each server of the zone that answers, then for
    /// each of the authority's resolvers; for this machine's where nobody has shown it yet. Timeout names the one that
    /// does not show it, Cancelled.
    base::Task<base::Result<void>> seen(AwaitedRecord record, QString primary, std::stop_token stop) const;

private:
    using Servers = QList<dns::ServerAddress>;
    enum class Sight { Shown, Away };

    base::Task<base::Result<Sight>> seenAt(AwaitedRecord record, dns::ServerAddress server, bool mayBeAway,
                                           std::stop_token stop) const;
    /// Away where all of them are, or there are none.
    base::Task<base::Result<Sight>> seenAtAll(AwaitedRecord record, Servers servers, bool mayBeAway,
                                              std::stop_token stop) const;
    base::Task<base::Result<Sight>> seenInZone(AwaitedRecord record, Servers asked, std::stop_token stop) const;

    base::Clock& m_clock;
    Servers m_resolvers;
    QString m_resolvConf; ///< read anew each time: a laptop changes its network
    base::RetryPolicy m_polling;
};

} // namespace challenge
