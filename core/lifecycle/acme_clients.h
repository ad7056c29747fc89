// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "lifecycle/authority.h"
#include "lifecycle/engine.h"

#include <QHash>

#include <memory>
#include <vector>

namespace acme {
class AcmeClient;
}

namespace lifecycle {

/// The ACME clients of the authorities, each with HTTP connections of its own.
///
/// When an authority's root or proxy changes, its connections are dropped and even orders that are running go on with
/// the new trust.
class AcmeClients {
public:
    AcmeClients(HttpClientFactory makeHttpClient, base::Clock& clock);
    ~AcmeClients();

    /// The client for the authority as it is now; valid as long as this object is. InvalidInput about "proxy".
    base::Result<acme::AcmeClient*> of(const Authority& authority);
    /// Applies changed trust at once where the authority has a client, also to requests of running orders.
    void apply(const Authority& authority);
    /// Drops the client of an authority that was only looked at.
    void forget(const QString& authorityId);

private:
    class TrustedHttpClient;
    struct Entry;

    HttpClientFactory m_makeHttpClient;
    base::Clock& m_clock;
    QHash<QString, std::shared_ptr<Entry>> m_entries;
    std::vector<std::shared_ptr<Entry>> m_retired; ///< of changed directory URLs; running orders may still use them
};

} // namespace lifecycle
