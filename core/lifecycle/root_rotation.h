// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/root_use.h"

#include <QStringList>

#include <stop_token>

namespace lifecycle {

class Journal;
class RenewalScheduler;
struct Repositories;

/// What came of asking for certificates to be issued again.
struct Reissue {
    int planned = 0; ///< made due now; the scheduler renews them like any other, those that expire first at first
    QStringList placed; ///< ids of the orders that were placed at once
    QStringList failed; ///< a line for each certificate whose order could not be placed
};

/// Moving an authority's certificates from one root to another: what hangs on which root, and issuing it again.
class RootRotation {
public:
    RootRotation(Repositories& repositories, RenewalScheduler& renewals, Journal& journal);

    /// Every root that current certificates lead to or that is pinned, what expires first at first.
    base::Task<base::Result<QList<RootUse>>> roots(QString authorityId);
    base::Task<base::Result<RootPage>> certificates(RootQuery query);
    /// Issues these certificates of the authority again, as ordinary renewals. InvalidInput where one of them belongs
    /// to another authority; nothing is planned then.
    base::Task<base::Result<Reissue>> reissue(QString authorityId, QStringList certificateIds, std::stop_token stop);
    /// The same for everything that the query matches, whatever its page is.
    base::Task<base::Result<Reissue>> reissueAll(RootQuery query, std::stop_token stop);

private:
    base::Task<base::Result<QStringList>> versionsOf(QString authorityId, QStringList certificateIds);

    Repositories& m_repositories;
    RenewalScheduler& m_renewals;
    Journal& m_journal;
};

} // namespace lifecycle
