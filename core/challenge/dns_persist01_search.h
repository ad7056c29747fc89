// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/dns_persist01_finding.h"
#include "challenge/solver_store.h"

#include <memory>
#include <stop_token>

namespace dns {
class Resolver;
}

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
    /// `resolvers` ("HOST:PORT", the authority's), else this machine's. The store outlives this object.
    DnsPersist01Search(SolverStore& store, QString usual, QStringList resolvers);

    /// What is at the name's own record, or at one with policy=wildcard above it where only that may be accepted.
    /// Errors are those of dns::Resolver.
    base::Task<base::Result<DnsPersist01Finding>> find(DnsPersist01Question question, std::stop_token stop) const;

private:
    base::Task<base::Result<DnsPersist01Finding>> findAt(DnsPersist01Question question, QString domain,
                                                         std::stop_token stop) const;
    base::Task<base::Result<std::shared_ptr<dns::Resolver>>> resolverFor(QString record) const;

    SolverStore& m_store;
    QString m_usual;
    QStringList m_resolvers;
};

} // namespace challenge
