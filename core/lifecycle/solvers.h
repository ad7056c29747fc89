// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/identifier.h"
#include "lifecycle/stored_dns_updates.h"

#include <stop_token>

namespace lifecycle {

class Journal;

/// What an operator enters to set a DNS server up.
struct SolverDetails {
    QString name; ///< empty: made of the key's name and the server
    QString server; ///< "HOST" or "HOST:PORT"
    QString keyFilePath; ///< of a BIND key file, as `nsupdate -k` takes it; read once
    QStringList zones; ///< whose names are always updated there
};

/// The DNS servers that prove names for us. Errors name "name", "server", "tsigFile" or "zones".
class Solvers {
public:
    Solvers(SolverRepository& repository, Vault& vault, base::Clock& clock, Journal& journal);

    base::Task<base::Result<QList<challenge::DnsUpdateSettings>>> list();
    /// The one that `nameOrId` means; NotFound that names it.
    base::Task<base::Result<challenge::DnsUpdateSettings>> find(QString nameOrId);
    /// AlreadyExists where the name is taken.
    base::Task<base::Result<challenge::DnsUpdateSettings>> add(SolverDetails details);
    /// As add(), but where the name is taken, key, server and zones are replaced. Only what proves `name` is stored, so
    /// that a wrong key never takes the place of a good one.
    base::Task<base::Result<challenge::DnsUpdateSettings>> put(SolverDetails details, base::Identifier name,
                                                               std::stop_token stop);
    base::Task<base::Result<void>> remove(QString id);
    /// Proves without an order that `name` could be proved: finds its record and changes nothing there. The record's
    /// place, or what is in the way.
    base::Task<base::Result<QString>> test(QString id, base::Identifier name, std::stop_token stop);

private:
    base::Task<base::Result<challenge::DnsUpdateSettings>> insert(challenge::DnsUpdateSettings settings,
                                                                  std::shared_ptr<const dns::TsigKey> key);

    SolverRepository& m_repository;
    Vault& m_vault;
    base::Clock& m_clock;
    Journal& m_journal;
    StoredDnsUpdates m_updates;
};

} // namespace lifecycle
