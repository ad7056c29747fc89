// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/engine.h"

#include "lifecycle/account_imports.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/accounts.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/acme_enroller.h"
#include "lifecycle/authorities.h"
#include "lifecycle/authority_trust.h"
#include "lifecycle/bulk_registration.h"
#include "lifecycle/certificates.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/credential_import.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/journal.h"
#include "lifecycle/name_lookups.h"
#include "lifecycle/name_warnings.h"
#include "lifecycle/order_checks.h"
#include "lifecycle/order_services.h"
#include "lifecycle/orders.h"
#include "lifecycle/persist_records.h"
#include "lifecycle/reachability.h"
#include "lifecycle/rebinding.h"
#include "lifecycle/renewal_inquiries.h"
#include "lifecycle/renewal_scheduler.h"
#include "lifecycle/root_rotation.h"
#include "lifecycle/solvers.h"

namespace lifecycle {

struct Engine::Private {
    explicit Private(EngineParts given)
        : parts(std::move(given))
        , journal(parts.repositories.events, parts.clock, feed, parts.actor)
        , clients(parts.httpClients, parts.clock, parts.vault)
        , authorities(parts.repositories, clients, parts.vault, journal)
        , accountKeys(parts.repositories, clients, parts.vault, journal, parts.leases, parts.clock)
        , accounts(parts.repositories, clients, accountKeys, parts.vault, journal)
        , accountImports(parts.repositories, clients, parts.vault, journal)
        , credentialImport(parts.repositories, parts.vault, journal)
        , bulkRegistration(parts.repositories, accounts)
        , policies(parts.repositories, journal)
        , nameWarnings(parts.repositories, policies, parts.clock)
        , nameLookups(parts.repositories)
        , enroller(parts.repositories, clients, accountKeys)
        , inquiries(parts.repositories, clients, parts.leases, parts.clock, feed)
        , orders(OrderServices {parts.repositories, accounts, parts.vault, parts.leases, parts.clock, parts.solvers,
                                enroller, inquiries, policies, journal, feed})
        , checks(parts.repositories, parts.solvers, solvers, orders)
        , trust(parts.repositories, clients, authorities, orders, journal)
        , reachability(parts.repositories, clients, trust, feed, parts.clock)
        , certificates(parts.repositories, clients, accountKeys, parts.vault, journal)
        , renewals(parts.repositories, orders, parts.leases, journal, parts.clock)
        , rotation(parts.repositories, renewals, journal)
        , rebinding(parts.repositories, authorities, clients, orders, parts.vault, parts.leases, journal)
        , solvers(parts.repositories.solvers, parts.vault, parts.clock, journal)
        , persistRecords(PersistServices {parts.repositories, authorities, accounts, accountKeys, clients, parts.vault,
                                          parts.clock, journal})
    {
    }

    EngineParts parts;
    ChangeFeed feed;
    Journal journal;
    AcmeClients clients;
    Authorities authorities;
    AccountKeys accountKeys;
    Accounts accounts;
    AccountImports accountImports;
    CredentialImport credentialImport;
    BulkRegistration bulkRegistration;
    IssuancePolicies policies;
    NameWarnings nameWarnings;
    NameLookups nameLookups;
    AcmeEnroller enroller;
    RenewalInquiries inquiries;
    Orders orders;
    OrderChecks checks;
    AuthorityTrust trust;
    Reachability reachability;
    Certificates certificates;
    RenewalScheduler renewals;
    RootRotation rotation;
    Rebinding rebinding;
    Solvers solvers;
    PersistRecords persistRecords;
    bool renewing = false;
    base::TaskScope scope;
};

Engine::Engine(EngineParts parts)
    : m_private(std::make_unique<Private>(std::move(parts)))
{
}

Engine::~Engine() = default;

Authorities& Engine::authorities()
{
    return m_private->authorities;
}

AuthorityTrust& Engine::trust()
{
    return m_private->trust;
}

Reachability& Engine::reachability()
{
    return m_private->reachability;
}

RootRotation& Engine::rotation()
{
    return m_private->rotation;
}

Rebinding& Engine::rebinding()
{
    return m_private->rebinding;
}

AuthorityRepository& Engine::authorityRepository()
{
    return m_private->parts.repositories.authorities;
}

Accounts& Engine::accounts()
{
    return m_private->accounts;
}

CredentialImport& Engine::credentialImport()
{
    return m_private->credentialImport;
}

BulkRegistration& Engine::bulkRegistration()
{
    return m_private->bulkRegistration;
}

IssuancePolicies& Engine::policies()
{
    return m_private->policies;
}

NameWarnings& Engine::nameWarnings()
{
    return m_private->nameWarnings;
}

NameLookups& Engine::nameLookups()
{
    return m_private->nameLookups;
}

AccountKeys& Engine::accountKeys()
{
    return m_private->accountKeys;
}

AccountImports& Engine::accountImports()
{
    return m_private->accountImports;
}

Orders& Engine::orders()
{
    return m_private->orders;
}

OrderChecks& Engine::checks()
{
    return m_private->checks;
}

Certificates& Engine::certificates()
{
    return m_private->certificates;
}

RenewalScheduler& Engine::renewals()
{
    return m_private->renewals;
}

RenewalInquiries& Engine::inquiries()
{
    return m_private->inquiries;
}

Solvers& Engine::solvers()
{
    return m_private->solvers;
}

PersistRecords& Engine::persistRecords()
{
    return m_private->persistRecords;
}

Vault& Engine::vault()
{
    return m_private->parts.vault;
}

EventLog& Engine::events()
{
    return m_private->parts.repositories.events;
}

CertificateRepository& Engine::certificateRepository()
{
    return m_private->parts.repositories.certificates;
}

ChangeFeed& Engine::feed()
{
    return m_private->feed;
}

base::Clock& Engine::clock()
{
    return m_private->parts.clock;
}

base::TaskScope& Engine::scope()
{
    return m_private->scope;
}

void Engine::startRenewing()
{
    m_private->renewing = true;
    m_private->trust.resumeFromNowOn();
    m_private->scope.start(m_private->reachability.run(m_private->scope.stopToken()));
    m_private->scope.start(m_private->accountKeys.finishRollovers(m_private->scope.stopToken()));
    m_private->scope.start(m_private->inquiries.run(m_private->scope.stopToken()));
    m_private->scope.start(m_private->renewals.run(m_private->scope.stopToken()));
    m_private->scope.start(m_private->orders.keepRemovingLeftBehind(m_private->scope.stopToken()));
    m_private->scope.start(m_private->persistRecords.run(m_private->scope.stopToken()));
}

bool Engine::isRenewing() const
{
    return m_private->renewing;
}

base::Task<void> Engine::drain()
{
    m_private->scope.requestStop();
    co_await m_private->orders.drain();
    co_await m_private->scope.drain();
    co_await m_private->orders.drain(); // what those still placed
    co_await m_private->trust.settle();
}

} // namespace lifecycle
