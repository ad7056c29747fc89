// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/issuance_policy.h"
#include "lifecycle/order_record.h"

namespace lifecycle {

class Journal;
struct Repositories;

/// Everything that is known about the names of one authority.
struct PolicyOverview {
    QList<IssuancePolicy> policies; ///< the authority's own first, then those of accounts; only those that have rules
    QList<NameRefusal> refusals; ///< newest first, the newest thousand
};

/// Rules about names, and what authorities refused.
class IssuancePolicies {
public:
    IssuancePolicies(Repositories& repositories, Journal& journal);

    base::Task<base::Result<PolicyOverview>> overview(QString authorityId);
    /// Stores rules in place of those that the authority (or the account there) had. InvalidInput about "account" for
    /// one of another authority.
    base::Task<base::Result<void>> set(IssuancePolicy policy);
    /// The rules that an order by this account has to meet.
    base::Task<base::Result<QList<IssuancePolicy>>> applying(QString authorityId, QString accountId);
    /// InvalidInput about "names" that tells the name and the rule that denies it.
    base::Task<base::Result<void>> check(IssueRequest request);

    /// Keeps which names an authority refused when an order ended: the subproblems of its words (RFC 8555
    /// section 6.7.1), else every name, where the refusal is about names at all.
    base::Task<void> learn(OrderRecord order, base::Error error);
    /// Forgets earlier refusals of the names of an order that succeeded.
    base::Task<void> forget(OrderRecord order);

private:
    Repositories& m_repositories;
    Journal& m_journal;
};

/// Which names of an order a problem refuses, and in which words; nothing where it is not about names.
QList<NameRefusal> refusalsIn(const OrderRecord& order, const base::Error& error, const QDateTime& now);

} // namespace lifecycle
