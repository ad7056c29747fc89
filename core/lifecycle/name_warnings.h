// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/identifier.h"
#include "base/result.h"
#include "base/task.h"
#include "lifecycle/authority.h"

#include <QDateTime>
#include <QList>

namespace lifecycle {

class IssuancePolicies;
struct Repositories;

/// Names that are about to be ordered.
struct NameQuestion {
    QList<base::Identifier> names;
    QString authorityId;
    QString accountId; ///< empty where it is not chosen yet
    QString certificateId; ///< the certificate that the order would renew, if any: it does not warn of itself
};

/// What speaks against one name. None of it keeps anybody from ordering, except Denied.
struct NameWarning {
    enum class Kind {
        Denied, ///< by a rule of the operator: the order will not be placed
        Refused, ///< the authority refused the name before
        Internal, ///< no public authority may issue for it
        Covered, ///< another certificate has the name, or a wildcard for it
        Unknown, ///< the DNS has no such name
    };
    Kind kind = Kind::Denied;
    QString name;
    QString detail; ///< the rule, the authority's words, or the covering certificate's name
    QString ofAccount; ///< Denied: whose rule; Refused: whose order. Empty: the authority's
    QString certificateId; ///< Covered
    QDateTime at; ///< Refused: when
};

/// Tells what speaks against names while they are typed. Answers about thousands of names in one go.
class NameWarnings {
public:
    NameWarnings(Repositories& repositories, IssuancePolicies& policies, const base::Clock& clock);

    /// In the order of the names, the gravest first for each.
    base::Task<base::Result<QList<NameWarning>>> about(NameQuestion question);

private:
    Repositories& m_repositories;
    IssuancePolicies& m_policies;
    const base::Clock& m_clock;
};

/// Whether the name can exist only inside a network: a single label, a special-use domain (RFC 6761, 6762, 8375, and
/// the private ones that companies use), or an address that is not routed on the Internet.
bool isInternalName(const base::Identifier& name);
/// Whether the authority issues for the public Internet: by its kind, else where the system's roots verify it and it is
/// reached by a public name itself.
bool isPublicAuthority(const Authority& authority);
/// The wildcard that would cover the name; empty for wildcards, single labels and addresses.
QString coveringWildcard(const base::Identifier& name);

} // namespace lifecycle
