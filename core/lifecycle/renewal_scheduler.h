// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "lifecycle/managed_certificate.h"

#include <functional>
#include <stop_token>

namespace lifecycle {

class CertificateRepository;
class Journal;
class Leases;
class Orders;
struct Repositories;

/// What one look at the due certificates did.
struct RenewalSweep {
    QStringList placed; ///< ids of the orders placed
    QStringList failed; ///< one line for each certificate whose order could not be placed
};

/// Renews what is due: once each, with its stored request, as a new version.
class RenewalScheduler {
public:
    RenewalScheduler(Repositories& repositories, Orders& orders, Leases& leases, Journal& journal, base::Clock& clock);

    /// Places an order for each certificate whose moment has passed and that nobody renews: for fifty at most, those
    /// first that have waited longest. One whose order cannot be placed waits as after an order that failed, so that it
    /// keeps no other one waiting.
    base::Task<base::Result<RenewalSweep>> renewDue(std::stop_token stop);
    /// Places an order for one certificate now, due or not: the order's id.
    /// InvalidInput about "csr" where the certificate needs a fresh certificate request.
    base::Task<base::Result<QString>> renew(QString certificateId, std::stop_token stop);
    /// The same with a fresh certificate request (PEM or DER), which is stored for later ones. InvalidInput about "csr"
    /// where it is no good one for the same names, or the certificate's key is here.
    base::Task<base::Result<QString>> renewWith(QString certificateId, QByteArray csr, std::stop_token stop);
    /// Looks every minute, until stopped.
    base::Task<void> run(std::stop_token stop);

private:
    /// An empty id where it is not due any more, or somebody else renews it.
    base::Task<base::Result<QString>> renewIfStillDue(ManagedCertificate certificate, std::stop_token stop);
    base::Task<base::Result<QString>> place(ManagedCertificate certificate, std::stop_token stop);
    base::Task<void> noteFailure(ManagedCertificate certificate, base::Error error);

    Repositories& m_repositories;
    Orders& m_orders;
    Leases& m_leases;
    Journal& m_journal;
    base::Clock& m_clock;
};

/// Where the moment of renewal has passed and a try to renew came to nothing: the next one is a fraction of the
/// lifetime away. `reason` is shown with it.
base::Task<void> postponeRenewal(CertificateRepository& certificates, QString certificateId, QDateTime now,
                                 QString reason);

} // namespace lifecycle
