// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/renewal_scheduler.h"

#include "base/logging.h"
#include "lifecycle/external_request.h"
#include "lifecycle/journal.h"
#include "lifecycle/lease.h"
#include "lifecycle/orders.h"
#include "lifecycle/renewal_policy.h"
#include "lifecycle/repositories.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int dueAtOnce = 50;
constexpr std::chrono::minutes betweenLooks {1};

QString title(const ManagedCertificate& certificate)
{
    return base::identifierValues(certificate.request.names).join(u", "_s);
}

/// Whether an order can be placed as soon as somebody else is done, whatever is wrong with this certificate.
bool isUpToOthers(const base::Error& error)
{
    using enum base::ErrorCode;
    return error.code() == Busy || error.code() == Locked || error.code() == Cancelled
        || error.code() == UntrustedServer;
}

} // namespace

RenewalScheduler::RenewalScheduler(Repositories& repositories, Orders& orders, Leases& leases, Journal& journal,
                                   base::Clock& clock)
    : m_repositories(repositories)
    , m_orders(orders)
    , m_leases(leases)
    , m_journal(journal)
    , m_clock(clock)
{
}

Task<Result<RenewalSweep>> RenewalScheduler::renewDue(std::stop_token stop)
{
    auto due = co_await m_repositories.certificates.due(m_clock.now(), dueAtOnce);
    if (!due)
        co_return tl::unexpected(std::move(due).error());
    RenewalSweep sweep;
    for (const ManagedCertificate& certificate : *due) {
        if (stop.stop_requested())
            break;
        auto placed = co_await renewIfStillDue(certificate, stop);
        if (placed && !placed->isEmpty())
            sweep.placed.append(*placed);
        if (placed)
            continue;
        sweep.failed.append(title(certificate) + u": "_s + placed.error().message());
        co_await noteFailure(certificate, std::move(placed).error());
    }
    co_return sweep;
}

Task<void> RenewalScheduler::noteFailure(ManagedCertificate certificate, base::Error error)
{
    if (isUpToOthers(error))
        co_return;
    co_await postponeRenewal(m_repositories.certificates, certificate.id, m_clock.now(),
                             u"the last try could not begin"_s);
    co_await m_journal.failed(u"certificate.renew"_s, certificate.id, title(certificate), std::move(error));
}

Task<Result<QString>> RenewalScheduler::renewIfStillDue(ManagedCertificate certificate, std::stop_token stop)
{
    auto lease = m_leases.acquire(u"certificate:"_s + certificate.id);
    if (!lease)
        co_return QString(); // somebody else is at it
    // Another process may have renewed it between the list and the lease.
    auto row = co_await m_repositories.certificates.row(certificate.id, m_clock.now());
    if (!row)
        co_return tl::unexpected(std::move(row).error());
    const bool waiting = row->renewAt.isValid() && row->renewAt <= m_clock.now();
    if (!waiting || row->state == CertificateState::Renewing || row->state == CertificateState::Revoked)
        co_return QString();
    co_return co_await place(std::move(certificate), std::move(stop));
}

Task<Result<QString>> RenewalScheduler::renew(QString certificateId, std::stop_token stop)
{
    auto lease = m_leases.acquire(u"certificate:"_s + certificateId);
    if (!lease)
        co_return base::failed(std::move(lease), u"renewing");
    auto certificate = co_await m_repositories.certificates.byId(certificateId);
    if (!certificate)
        co_return tl::unexpected(std::move(certificate).error());
    if (certificate->request.needsFreshCsr())
        co_return base::invalid(u"csr"_s, u"this certificate is made from a certificate request: bring a fresh one"_s);
    co_return co_await place(*std::move(certificate), std::move(stop));
}

Task<Result<QString>> RenewalScheduler::renewWith(QString certificateId, QByteArray csr, std::stop_token stop)
{
    auto lease = m_leases.acquire(u"certificate:"_s + certificateId);
    if (!lease)
        co_return base::failed(std::move(lease), u"renewing");
    auto certificate = co_await m_repositories.certificates.byId(certificateId);
    if (!certificate)
        co_return tl::unexpected(std::move(certificate).error());
    if (certificate->request.csrDer.isEmpty())
        co_return base::invalid(u"csr"_s, u"the key of this certificate is here; it takes no certificate request"_s);
    auto fresh = readExternalRequest(csr);
    if (!fresh)
        co_return tl::unexpected(std::move(fresh).error());
    certificate->request.csrDer = fresh->der;
    const IssueRequest stored = certificate->request;
    auto placed = co_await place(*std::move(certificate), std::move(stop));
    if (!placed)
        co_return placed;
    auto kept = co_await m_repositories.certificates.updateRequest(certificateId, stored);
    if (!kept)
        co_return base::failed(std::move(kept), u"storing the certificate request");
    co_return placed;
}

Task<Result<QString>> RenewalScheduler::place(ManagedCertificate certificate, std::stop_token stop)
{
    IssueRequest request = certificate.request;
    request.certificateId = certificate.id;
    co_return co_await m_orders.place(std::move(request), std::move(stop));
}

Task<void> RenewalScheduler::run(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        auto resumed = co_await m_orders.resumeRipe();
        if (!resumed)
            qCWarning(base::log::lifecycle) << "resuming orders:" << resumed.error().message();
        auto sweep = co_await renewDue(stop);
        if (!sweep)
            qCWarning(base::log::lifecycle) << "renewing:" << sweep.error().message();
        else
            for (const QString& failure : std::as_const(sweep->failed))
                qCWarning(base::log::lifecycle) << "renewing:" << failure;
        co_await m_clock.sleep(betweenLooks, stop);
    }
}

Task<void> postponeRenewal(CertificateRepository& certificates, QString certificateId, QDateTime now, QString reason)
{
    auto versions = co_await certificates.versions(certificateId);
    if (!versions || versions->isEmpty())
        co_return;
    const CertificateVersion current = versions->first();
    if (current.renewAt > now)
        co_return;
    const QDateTime next = retryOfRenewal(current.notBefore, current.notAfter, now);
    co_await certificates.planRenewal(current.id, next, std::move(reason));
}

} // namespace lifecycle
