// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/issuance_policy.h"

namespace lifecycle {

/// What is known about which names an authority issues for: rules of the operator, refusals of the authority, and the
/// certificates that have a name already. Every call is one transaction.
class PolicyRepository {
public:
    virtual ~PolicyRepository() = default;
    /// The rules of the authority itself (first, where there are any) and of each of its accounts.
    virtual base::Task<base::Result<QList<IssuancePolicy>>> policies(QString authorityId) = 0;
    /// Stores the rules of one authority or account in place of those it had; none removes them.
    virtual base::Task<base::Result<void>> store(IssuancePolicy policy) = 0;

    /// Remembers refusals, each in place of an earlier one for the same name, authority and account.
    virtual base::Task<base::Result<void>> remember(QList<NameRefusal> refusals) = 0;
    /// Forgets what the authority refused this account for these names.
    virtual base::Task<base::Result<void>> forget(QString authorityId, QString accountId, QStringList names) = 0;
    /// Newest first.
    virtual base::Task<base::Result<QList<NameRefusal>>> refusals(QString authorityId, int limit) = 0;
    /// Those of the authority that are about one of these names, whichever account met them.
    virtual base::Task<base::Result<QList<NameRefusal>>> refusalsOf(QString authorityId, QStringList names) = 0;

    /// Which of these names (or wildcards) a certificate that is neither expired nor revoked has, and the certificate.
    virtual base::Task<base::Result<QList<NameHolder>>> holders(QStringList names, QDateTime now) = 0;
};

} // namespace lifecycle
