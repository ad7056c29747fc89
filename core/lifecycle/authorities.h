// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "http/proxy.h"
#include "lifecycle/authority.h"
#include "lifecycle/vault.h"

#include <stop_token>

namespace acme {
struct Directory;
}

namespace lifecycle {

class AcmeClients;
class Journal;
struct Repositories;

/// What an operator enters to add an authority or to change one.
struct AuthorityDetails {
    QString name;
    QString directoryUrl; ///< text, so that bad input can be told about
    QByteArray rootsPem; ///< empty: the system's store
    /// SHA-256 of the root in hexadecimal, colons and blanks allowed: the root is fetched from a step-ca and pinned,
    /// and `directoryUrl` may be just its host. Instead of `rootsPem`.
    QString rootFingerprint;
    QByteArray issuingRootsPem; ///< what it issues must lead to one of these; empty: nothing is demanded
    QString proxy = QStringLiteral("system");
    /// "USER:PASSWORD" for a fixed proxy. Null: none for a new authority; when one is changed, those it has stay as
    /// long as the proxy does.
    SharedSecret proxyCredentials;
    QStringList resolvers; ///< "HOST:PORT"
    /// For preview(): the authority that these would change, whose stored credentials are used.
    QString changing;
};

/// What an authority said before it was added.
struct AuthorityPreview {
    AuthorityMeta meta;
    QStringList rootSubjects; ///< of the pinned roots
    QStringList rootFingerprints; ///< SHA-256, lower-case hexadecimal, in the same order
    /// To be added as they are, so that what was shown is what will be trusted: with the root that was fetched and the
    /// whole URL where only a host was entered.
    AuthorityDetails details;
};

/// The authorities under management. Errors name the field they are about: "name", "directoryUrl", "root", "proxy",
/// "proxyCredentials", "issuingRoot", "resolvers". Nothing is stored when anything is wrong.
class Authorities {
public:
    Authorities(Repositories& repositories, AcmeClients& clients, Vault& vault, Journal& journal);

    /// Reads the directory with these settings and stores nothing.
    base::Task<base::Result<AuthorityPreview>> preview(AuthorityDetails details, std::stop_token stop);
    base::Task<base::Result<Authority>> add(AuthorityDetails details, std::stop_token stop);
    base::Task<base::Result<Authority>> update(QString id, AuthorityDetails details, std::stop_token stop);
    /// Reads the directory again and stores what it says.
    base::Task<base::Result<Authority>> refresh(QString id, std::stop_token stop);
    base::Task<base::Result<void>> remove(QString id);
    base::Task<base::Result<QList<Authority>>> all();
    /// By id, or by name without regard to case.
    base::Task<base::Result<Authority>> find(QString nameOrId);

private:
    // authority_discovery.cpp: what a host and a fingerprint lead to
    base::Task<base::Result<AuthorityDetails>> withFetchedRoot(AuthorityDetails details, http::Proxy proxy,
                                                               std::stop_token stop);
    base::Task<base::Result<AuthorityDetails>> withUsualPath(AuthorityDetails details, http::Proxy proxy,
                                                             std::stop_token stop);

    base::Task<base::Result<acme::Directory>> readDirectory(Authority authority, http::Proxy proxy,
                                                            std::stop_token stop);
    base::Result<http::Proxy> proxyFor(const AuthorityDetails& details, const Authority& before);
    base::Result<void> sealCredentials(const AuthorityDetails& details, const Authority& before, Authority& authority);
    base::Task<base::Result<Authority>> checked(AuthorityDetails details, Authority authority, std::stop_token stop);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    Vault& m_vault;
    Journal& m_journal;
};

} // namespace lifecycle
