// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/task_scope.h"
#include "http/http_client.h"
#include "http/network_http_client.h"
#include "lifecycle/event.h"
#include "lifecycle/repositories.h"
#include "lifecycle/vault.h"

#include <QObject>

#include <functional>
#include <memory>

namespace challenge {
class SolverFactory;
}

namespace lifecycle {

class AccountImports;
class AccountKeys;
class Accounts;
class Authorities;
class AuthorityTrust;
class Certificates;
class BulkRegistration;
class ChangeFeed;
class CredentialImport;
class IssuancePolicies;
class Leases;
class NameLookups;
class NameWarnings;
class OrderChecks;
class Orders;
class PersistRecords;
class Reachability;
class Rebinding;
class RenewalInquiries;
class RenewalScheduler;
class RootRotation;
class Solvers;

/// Makes the HTTP client of one authority and trust set.
using HttpClientFactory = std::function<std::unique_ptr<http::HttpClient>(const http::TrustSettings&)>;

/// Everything that the engine needs from outside, all of which outlives it.
struct EngineParts {
    Repositories repositories;
    Vault& vault;
    Leases& leases;
    base::Clock& clock;
    challenge::SolverFactory& solvers;
    HttpClientFactory httpClients;
    Actor actor;
};

/// What a certificate manager does, on the core's thread. The command line uses it directly, windows through
/// CertificateManager. Await drain() before destroying it.
class Engine : public QObject {
    Q_OBJECT

public:
    explicit Engine(EngineParts parts);
    ~Engine() override;

    Authorities& authorities();
    AuthorityTrust& trust();
    Reachability& reachability();
    RootRotation& rotation();
    Rebinding& rebinding();
    AuthorityRepository& authorityRepository();
    Accounts& accounts();
    CredentialImport& credentialImport();
    BulkRegistration& bulkRegistration();
    IssuancePolicies& policies();
    NameWarnings& nameWarnings();
    NameLookups& nameLookups();
    AccountKeys& accountKeys();
    AccountImports& accountImports();
    Orders& orders();
    OrderChecks& checks();
    Certificates& certificates();
    RenewalScheduler& renewals();
    RenewalInquiries& inquiries();
    Solvers& solvers();
    PersistRecords& persistRecords();
    Vault& vault();
    EventLog& events();
    CertificateRepository& certificateRepository();
    ChangeFeed& feed();
    base::Clock& clock();
    /// Owns whatever runs on behalf of callers that may go away.
    base::TaskScope& scope();

    /// Finishes key changes of unknown outcome, resumes interrupted orders, asks for renewal information, renews what
    /// is due and looks whether authorities answer, from now on until the engine is drained.
    void startRenewing();
    bool isRenewing() const;
    /// Stops everything where it is and completes when nothing runs any more.
    base::Task<void> drain();

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace lifecycle
