// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/dns_persist01_finding.h"
#include "challenge/solver_store.h"
#include "dns/resolver.h"

#include <memory>
#include <stop_token>

namespace challenge {

/// Whose record is looked for.
struct DnsPersist01Question {
    base::Identifier identifier;
    DnsPersist01Terms terms;
    ProvingAccount account;
    QDateTime now;
};

/// Looks whether the record of dns-persist-01 is there for a name. Changes nothing.
class DnsPersist01Search {
public:
    /// Asks the update server of the solver whose zones have the record, else that of the solver `usual`, else
    /// `resolvers` ("HOST:PORT", the authority's), else this machine's; these also for what that server does not serve.
    /// The store outlives this object.
    DnsPersist01Search(SolverStore& store, QString usual, QStringList resolvers);
    /// Asks `eyes` alone.
    explicit DnsPersist01Search(std::shared_ptr<dns::Resolver> eyes);

    /// What is at the name's own record, or at one with policy=wildcard above it where only that may be accepted.
    /// Errors are those of dns::Resolver.
    base::Task<base::Result<DnsPersist01Finding>> find(DnsPersist01Question question, std::stop_token stop) const;

private:
    base::Task<base::Result<DnsPersist01Finding>> findAt(DnsPersist01Question question, QString domain,
                                                         std::stop_token stop) const;
    base::Task<base::Result<dns::Lookup>> look(QString record, std::stop_token stop) const;
    /// That of the solver for the record; empty where it has none.
    base::Task<base::Result<QStringList>> serverFor(QString record) const;

    std::shared_ptr<dns::Resolver> m_eyes; ///< null: who is asked depends on the record
    SolverStore* m_store = nullptr; ///< null where there are eyes
    QString m_usual;
    QStringList m_resolvers;
};

} // namespace challenge
