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

class AuthorityWatch;

/// The ACME clients of the authorities, each with HTTP connections of its own.
///
/// When an authority's root or proxy changes, its connections are dropped and even orders that are running go on with
/// the new trust. Once the TLS of an authority did not lead to a trusted root, every request to it ends with that error
/// without a connection, until its trust changes or it is released.
class AcmeClients {
public:
    AcmeClients(HttpClientFactory makeHttpClient, base::Clock& clock, Vault& vault);
    ~AcmeClients();

    /// Who learns how requests end; outlives this object. At most one.
    void tell(AuthorityWatch* watch) { m_watch = watch; }

    /// The client for the authority as it is now; valid as long as this object is. InvalidInput about "proxy"; Locked
    /// where its proxy wants credentials and the vault is locked.
    base::Result<acme::AcmeClient*> of(const Authority& authority);
    /// Applies changed trust at once where the authority has a client, also to requests of running orders.
    void apply(const Authority& authority);
    /// Lets requests through again, after the authority was found to lead to a trusted root.
    void release(const QString& authorityId);
    /// Whether requests to the authority end here, without a connection.
    bool refuses(const QString& authorityId) const;

    /// A client apart from those in use, which nobody watches: for settings that are not stored yet.
    std::shared_ptr<acme::AcmeClient> probe(const Authority& authority, const http::Proxy& proxy);
    /// An HTTP client with connections of its own, for one look.
    base::Result<std::unique_ptr<http::HttpClient>> connection(const Authority& authority);
    /// The authority's proxy, with its credentials. InvalidInput, Locked.
    base::Result<http::Proxy> proxyOf(const Authority& authority);

private:
    class TrustedHttpClient;
    struct Entry;

    HttpClientFactory m_makeHttpClient;
    base::Clock& m_clock;
    Vault& m_vault;
    AuthorityWatch* m_watch = nullptr;
    QHash<QString, std::shared_ptr<Entry>> m_entries;
    std::vector<std::shared_ptr<Entry>> m_retired; ///< of changed directory URLs; running orders may still use them
};

} // namespace lifecycle
