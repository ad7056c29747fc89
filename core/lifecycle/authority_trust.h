// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "base/task_scope.h"
#include "lifecycle/authority.h"
#include "lifecycle/authority_condition.h"
#include "lifecycle/authority_watch.h"
#include "lifecycle/root_change.h"

#include <QSet>

#include <stop_token>

namespace lifecycle {

class AcmeClients;
class Authorities;
class Journal;
class Orders;
struct Repositories;

/// What happens when an authority's TLS no longer leads to a trusted root: its work stops, what the server shows is
/// looked at and kept, and only the operator lets it go on.
///
/// Stopped means: no renewal of its certificates is placed, no interrupted order of it is resumed unasked, and requests
/// end before a connection is made. It goes on by itself only where the server again shows what is trusted.
class AuthorityTrust final : public AuthorityWatch {
public:
    AuthorityTrust(Repositories& repositories, AcmeClients& clients, Authorities& authorities, Orders& orders,
                   Journal& journal);
    ~AuthorityTrust() override;

    void untrusted(const QString& authorityId, const base::Error& error) override;
    void trusted(const QString& authorityId) override;
    void rateLimited(const QString& authorityId, const QDateTime& until) override;

    /// Trusts what the operator accepted, once the server was verified with it; work goes on. Errors as of
    /// Authorities::update(): nothing is changed where the server does not lead to the new roots either.
    base::Task<base::Result<Authority>> accept(QString id, RootChange change, std::stop_token stop);
    /// Interrupted orders of an authority that may go on are resumed here from now on, and not left to the next sweep.
    void resumeFromNowOn() { m_resumes = true; }
    /// Completes when everything it noticed is stored.
    base::Task<void> settle();

private:
    base::Task<void> stopWork(QString id, base::Error error);
    base::Task<QByteArray> servedBy(Authority authority);
    base::Task<void> keepServed(QString id, QByteArray pem);
    base::Task<void> goOn(QString id);
    base::Task<void> noteRateLimit(QString id, QDateTime until);
    base::Task<base::Result<QByteArray>> newRoots(Authority authority, RootChange change, std::stop_token stop);
    base::Task<void> resumeOrders();

    Repositories& m_repositories;
    AcmeClients& m_clients;
    Authorities& m_authorities;
    Orders& m_orders;
    Journal& m_journal;
    QSet<QString> m_stopping; ///< being looked at
    bool m_resumes = false;
    base::TaskScope m_scope;
};

} // namespace lifecycle
