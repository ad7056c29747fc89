// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "lifecycle/persist_record.h"
#include "lifecycle/stored_solvers.h"

#include <stop_token>

namespace acme {
class AcmeClient;
}

namespace challenge {
class Dns01Updater;
struct Dns01Place;
} // namespace challenge

namespace lifecycle {

class AccountKeys;
class Accounts;
class AcmeClients;
class Authorities;
class Journal;
struct Account;
struct Authority;
struct Repositories;

/// What PersistRecords works with; all of it outlives it.
struct PersistServices {
    Repositories& repositories;
    Authorities& authorities;
    Accounts& accounts;
    AccountKeys& keys;
    AcmeClients& clients;
    Vault& vault;
    base::Clock& clock;
    Journal& journal;
};

/// The records of dns-persist-01: made for an account, put in place once, watched, never written by an order.
class PersistRecords {
public:
    explicit PersistRecords(PersistServices services);

    /// The records that prove the names, in the dialect that the authority's directory speaks now. Keeps nothing.
    ///
    /// With draft 02, the account's URL and key go into a hash that others get to see, so that the authority first has
    /// to answer for the account (its section on publishing): Locked while the vault is.
    base::Task<base::Result<QList<PersistRecord>>> make(PersistWish wish, std::stop_token stop);
    /// The same records with what DNS says about each now; kept where they are watched. Asks the DNS server of a
    /// solver for its zones, else the authority's resolvers, else this machine's.
    base::Task<base::Result<QList<PersistRecord>>> check(QList<PersistRecord> records, std::stop_token stop);
    /// Has the solver put the records in place, which stay there, and watches them. A value that was made here before
    /// and differs is removed.
    base::Task<base::Result<QList<PersistRecord>>> putInPlace(QList<PersistRecord> records, QString solverId,
                                                              std::stop_token stop);
    /// Watches records that somebody else puts in place.
    base::Task<base::Result<QList<PersistRecord>>> watch(QList<PersistRecord> records);
    base::Task<base::Result<QList<PersistRecord>>> watched();
    /// Watches it no more. What is in DNS stays there.
    base::Task<base::Result<void>> forget(QString id);
    /// Has the solver take the values of these watched records out of DNS, others at the same names stay, and watches
    /// them no more. `solverId` is empty where another one claims the zones. Errors about "solver" where it cannot.
    base::Task<base::Result<void>> removeFromDns(QStringList ids, QString solverId, std::stop_token stop);
    /// Looks at what is watched, twice a day, until stopped.
    base::Task<void> run(std::stop_token stop);

private:
    struct Speaker;
    base::Task<base::Result<Speaker>> speakerFor(PersistWish wish, std::stop_token stop);
    base::Task<base::Result<Account>> accountOf(PersistWish wish);
    base::Task<base::Result<void>> prove(Account account, acme::AcmeClient& client, std::stop_token stop);
    base::Task<PersistRecord> checked(PersistRecord record, std::stop_token stop);
    base::Task<base::Result<challenge::DnsPersist01Finding>> find(PersistRecord record, std::stop_token stop);
    base::Task<void> checkDue(std::stop_token stop);
    QList<PersistRecord> recordsFor(const Speaker& speaker, const PersistWish& wish,
                                    const QList<base::Identifier>& names) const;

    // persist_placing.cpp
    base::Task<base::Result<void>> removeFromDns(PersistRecord record, QString solverId, std::stop_token stop);
    base::Task<base::Result<QStringList>> resolversFor(PersistRecord record);
    base::Task<base::Result<void>> replace(challenge::Dns01Updater updater, challenge::Dns01Place place,
                                           QByteArray former, QByteArray value, std::stop_token stop);

    PersistServices m_services;
    StoredSolvers m_solvers;
};

/// What the directory of an authority said about dns-persist-01 when it was last read.
challenge::DnsPersist01Directory persistenceOf(const Authority& authority);

} // namespace lifecycle
