// SPDX-License-Identifier: Apache-2.0
#include "challenge/solver.h"
#include "crypto/certificate.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/enroller.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/lease.h"
#include "lifecycle/order_run.h"
#include "lifecycle/order_services.h"
#include "lifecycle/orders.h"
#include "lifecycle/renewal_inquiries.h"
#include "lifecycle/renewal_policy.h"
#include "lifecycle/renewal_scheduler.h"
#include "lifecycle/repositories.h"

#include <QRandomGenerator>
#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr qint64 addressRetryMs = 1000;

QString title(const OrderRecord& order)
{
    return base::identifierValues(order.request.names).join(u", "_s);
}

QString hex(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

CertificateVersion versionFrom(const Enrolled& enrolled, const OrderRecord& order, const QDateTime& now)
{
    const crypto::Certificate& leaf = enrolled.chain.leaf;
    CertificateVersion version;
    version.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    version.certificateId = order.request.certificateId;
    version.orderId = order.id;
    version.names = leaf.dnsNames() + leaf.ipAddresses();
    version.subject = leaf.subject();
    version.issuer = leaf.issuer();
    version.serial = leaf.serialHex().toUpper();
    version.notBefore = leaf.notBefore();
    version.notAfter = leaf.notAfter();
    const auto key = leaf.publicKey();
    version.keyDescription = key ? key->description() : QString();
    version.sha256 = hex(leaf.fingerprint(crypto::DigestAlgorithm::Sha256));
    version.sha1 = hex(leaf.fingerprint(crypto::DigestAlgorithm::Sha1));
    version.chainPem = crypto::chainPem(enrolled.chain);
    version.issuedAt = now;
    const double chance = QRandomGenerator::system()->generateDouble();
    RenewalDecision renewal = chooseRenewal(version.notBefore, version.notAfter, chance);
    if (renewal.at <= now) // backdated so far that it would be renewed without end
        renewal = chooseRenewal(now, version.notAfter, chance);
    version.renewAt = renewal.at;
    version.renewalReason = renewal.reason;
    version.hasKey = order.request.csrDer.isEmpty();
    version.facts.profile = order.profile.isEmpty() ? order.request.profile : order.profile;
    version.facts.chains = enrolled.offered;
    version.facts.remarks = enrolled.remarks;
    return version;
}

} // namespace

Task<void> Orders::execute(std::shared_ptr<OrderRun> run)
{
    auto outcome = co_await forgetInterruption(run);
    if (outcome)
        outcome = co_await obtain(run);
    if (outcome)
        outcome = co_await complete(run);
    if (!outcome)
        co_await giveUp(run, std::move(outcome).error());
    const QString id = run->progress->record().id;
    m_running.remove(id);
    run->solver.reset();
    run->addressLease.reset();
    run->orderLease.reset();
    m_services->feed.announce(Change::Orders | Change::Certificates);
    if (outcome)
        co_await m_services->inquiries.askFirst(run->progress->record().versionId, run->stop.get_token());
    for (const base::Delivery<bool>& waiting : std::as_const(run->waiting))
        waiting.deliver(true);
}

Task<Result<void>> Orders::forgetInterruption(std::shared_ptr<OrderRun> run)
{
    if (!run->progress->record().error)
        co_return Result<void>();
    run->progress->record().error.reset();
    co_return co_await run->progress->save();
}

Task<Result<void>> Orders::obtain(std::shared_ptr<OrderRun> run)
{
    if (hasNamesToProve(run->progress->record().state)) {
        auto ready = co_await prepareToProve(run);
        if (!ready)
            co_return ready;
    }
    if (!run->fresh) {
        auto swept = co_await removeOldPlacements(run);
        if (!swept)
            co_return swept;
    }
    Enrolment enrolment {run->progress, run->solver, *run->key, run->stop.get_token(), run->fresh};
    auto enrolled = co_await m_services->enroller.enroll(std::move(enrolment));
    tellLeftovers(*run);
    if (!enrolled)
        co_return tl::unexpected(std::move(enrolled).error());
    run->enrolled = *std::move(enrolled);
    co_return Result<void>();
}

Task<Result<void>> Orders::prepareToProve(std::shared_ptr<OrderRun> run)
{
    auto reached = co_await waitForAddress(run);
    if (!reached || run->prepared)
        co_return reached;
    const QList<base::Identifier> names = run->progress->record().request.names;
    co_return co_await run->solver->prepare(names, run->stop.get_token());
}

Task<Result<void>> Orders::waitForAddress(std::shared_ptr<OrderRun> run)
{
    const challenge::ProofSettings proof = run->progress->record().request.proof;
    QString holder;
    while (!takeAddress(proof, *run)) {
        auto lease = m_services->leases.acquire(u"listen:"_s + proof.listenAddress);
        const QString now = lease ? QString() : lease.error().detail();
        if (now != holder)
            run->progress->note(OrderEvent::Subject::Order, u"waiting"_s,
                                u"%1 is held by %2"_s.arg(proof.listenAddress, now));
        holder = now;
        const QDateTime next = m_services->clock.now().addMSecs(addressRetryMs);
        auto waited = co_await run->progress->waitUntil(next, run->stop.get_token());
        if (!waited)
            co_return waited;
    }
    co_return Result<void>();
}

Task<Result<void>> Orders::removeOldPlacements(std::shared_ptr<OrderRun> run)
{
    const QString id = run->progress->record().id;
    auto placements = co_await m_services->repositories.orders.placements(id);
    if (!placements)
        co_return tl::unexpected(std::move(placements).error());
    QStringList removed;
    for (const Placement& placement : *placements) {
        auto cleaned = co_await run->solver->cleanUp(placement.what);
        if (cleaned)
            removed.append(placement.id);
        auto left = co_await run->solver->leftToPerson(placement.what);
        if (left)
            run->leftovers.append(*std::move(left));
    }
    co_return co_await m_services->repositories.orders.removePlacements(std::move(removed));
}

void Orders::tellLeftovers(OrderRun& run)
{
    for (const challenge::Leftover& left : std::as_const(run.leftovers))
        run.progress->noteLeftover(left, run.solver->challengeType());
    run.leftovers.clear();
}

Task<Result<void>> Orders::complete(std::shared_ptr<OrderRun> run)
{
    OrderProgress& progress = *run->progress;
    CertificateVersion version = versionFrom(*run->enrolled, progress.record(), m_services->clock.now());
    auto sealed = sealVersionKey(m_services->vault, version.id, *run->key);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    progress.record().state = OrderState::Issued;
    progress.record().versionId = version.id;
    progress.record().error.reset();
    progress.note(OrderEvent::Subject::Order, u"issued"_s, u"serial %1"_s.arg(version.serial));
    QList<OrderEvent> events = progress.takeEvents();
    auto stored = co_await m_services->repositories.orders.complete(progress.record(), std::move(events),
                                                                    std::move(version), *std::move(sealed));
    if (!stored) {
        progress.record().state = OrderState::Downloading;
        co_return base::failed(std::move(stored), u"storing the certificate");
    }
    const OrderRecord record = progress.record();
    co_await m_services->policies.forget(record);
    co_await m_services->journal.done(u"certificate.issue"_s, record.request.certificateId, title(record),
                                      Change::Certificates);
    co_return stored;
}

Task<void> Orders::giveUp(std::shared_ptr<OrderRun> run, base::Error error)
{
    OrderProgress& progress = *run->progress;
    const OrderRecord record = progress.record();
    if (run->cancelled) {
        progress.note(OrderEvent::Subject::Order, u"cancelled"_s);
        progress.record().state = OrderState::Cancelled;
        co_await progress.save();
        co_await postponeRenewal(m_services->repositories.certificates, record.request.certificateId,
                                 m_services->clock.now(), u"the last try was cancelled"_s);
        co_await m_services->journal.done(u"order.cancel"_s, record.id, title(record), Change::Orders);
        co_return;
    }
    const bool over = endsOrder(error);
    if (over && error.problem())
        co_await m_services->repositories.accounts.noteRefusal(record.request.accountId, error,
                                                               m_services->clock.now());
    if (over) {
        co_await progress.fail(error);
        co_await m_services->policies.learn(record, error);
        co_await postponeRenewal(m_services->repositories.certificates, record.request.certificateId,
                                 m_services->clock.now(), u"the last try failed"_s);
    } else {
        OrderEvent event;
        event.state = isApprovalPending(error) ? u"waiting"_s : u"interrupted"_s;
        event.detail = error.message();
        event.error = error;
        progress.note(std::move(event));
        progress.record().error = error;
        co_await progress.save();
    }
    // A stop or a deadline says nothing about the order; it goes on when it is resumed.
    if (error.code() != ErrorCode::Cancelled && error.code() != ErrorCode::InProgress)
        co_await m_services->journal.failed(u"certificate.issue"_s, record.request.certificateId, title(record), error);
}

} // namespace lifecycle
