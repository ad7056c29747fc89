// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "base/task_scope.h"
#include "lifecycle/certificate_key.h"
#include "lifecycle/enroller.h"
#include "lifecycle/order_record.h"
#include "lifecycle/order_retrying.h"

#include <QHash>

#include <memory>
#include <stop_token>

namespace lifecycle {

struct Account;
struct OrderRun;
struct OrderServices;

/// An order with everything that is shown about it.
struct OrderDetails {
    OrderRecord record;
    QList<OrderEvent> events; ///< oldest first; those that were asked for
    bool running = false;
};

/// What became of resuming several orders.
struct ResumedOrders {
    QStringList ids; ///< of those that run now
    QStringList failed; ///< one line for each that could not be resumed
};

/// Issuance as the operator sees it: place an order, watch it, resume it, cancel it.
class Orders {
public:
    explicit Orders(OrderServices services);
    ~Orders();

    /// Stores an order with its key, and only then begins to run it. The id is known as soon as this completes; bad
    /// input, a port that cannot be bound and a name that cannot be proved are errors here, and store nothing.
    base::Task<base::Result<QString>> place(IssueRequest request, std::stop_token stop);
    /// Runs until the order has ended: the record as it ended. Cancelling the wait does not cancel the order.
    base::Task<base::Result<OrderRecord>> waitFor(QString id);
    /// Begins to run an unfinished order where it was interrupted. Busy when some process runs it.
    base::Task<base::Result<void>> resume(QString id);
    /// Resumes every unfinished order that no process runs. One that cannot be resumed keeps no other one from it.
    base::Task<base::Result<ResumedOrders>> resumeInterrupted();
    /// The same for those whose time has come: five minutes after whatever interrupted them, and never before the
    /// moment that the authority asked to wait for.
    base::Task<base::Result<ResumedOrders>> resumeRipe();
    /// Places the order that retryRequest() makes of one that failed or was cancelled: the new order's id.
    base::Task<base::Result<QString>> retry(QString id, RetriedNames which, std::stop_token stop);
    /// Stops an order for good and cleans up what its solver put in place. Busy when another process runs it.
    base::Task<base::Result<void>> cancel(QString id);
    /// Tries once more to clean up what orders that have ended could not: a DNS server may have been away then.
    /// One that fails keeps others of the same proof for the next time, so that a server that is still away is waited
    /// for once.
    base::Task<void> removeLeftBehind(std::stop_token stop);
    /// The same every quarter of an hour, until stopped.
    base::Task<void> keepRemovingLeftBehind(std::stop_token stop);
    /// Stops the runs of an authority's orders where they are; they can be resumed later.
    base::Task<void> interrupt(QString authorityId);
    /// Deactivates the authorizations of an ended order at the authority, so that its names must be proved anew. Names
    /// that an unfinished order of the same account needs are left alone. InvalidInput where the order has not ended.
    base::Task<base::Result<QList<GivenUpAuthorization>>> deactivateAuthorizations(QString id, std::stop_token stop);
    /// Polls now instead of at the planned moment.
    void checkNow(const QString& id);

    /// With the events after the one of that sequence.
    base::Task<base::Result<OrderDetails>> details(QString id, int afterSequence = 0);
    base::Task<base::Result<QList<OrderRow>>> page(int offset, int limit);
    /// The order as Markdown, see orderReport(); `explanation` is ours, of its error.
    base::Task<base::Result<QString>> report(QString id, QString explanation = {});

    /// Stops every run where it is; unfinished orders can be resumed later.
    base::Task<void> drain();

private:
    // order_leftovers.cpp: what ended orders left in place
    base::Task<base::Result<void>> removeLeftBehindOf(OrderRecord order);
    base::Task<void> noteCleanedUp(OrderRecord order);
    // orders.cpp: orders that are there
    base::Task<base::Result<ResumedOrders>> resumeThose(QList<OrderRecord> orders);
    base::Task<bool> hasEndedMeanwhile(QString id);
    base::Task<base::Result<void>> load(QString id, std::shared_ptr<OrderRun> run);

    // order_placing.cpp: before an order runs
    base::Task<base::Result<IssueRequest>> prepare(IssueRequest request, std::shared_ptr<OrderRun> run,
                                                   std::stop_token stop);
    base::Task<base::Result<IssueRequest>> acceptableRequest(IssueRequest request);
    base::Task<base::Result<Account>> chosenAccount(IssueRequest request);
    base::Task<base::Result<void>> checkNotOrdered(QString certificateId);
    base::Task<base::Result<void>> store(IssueRequest request, std::shared_ptr<OrderRun> run);
    base::Task<base::Result<std::unique_ptr<challenge::Solver>>> solverFor(IssueRequest request);
    bool takeAddress(const challenge::ProofSettings& proof, OrderRun& run);

    // order_keys.cpp: what the certificate is issued for
    base::Task<base::Result<CertificateKey>> keyFor(IssueRequest request);
    /// The key of the current version, for the next one; nothing where there is none that may be used again.
    base::Task<base::Result<std::optional<crypto::PrivateKey>>> keptKey(QString certificateId);
    base::Task<base::Result<CertificateKey>> keyOfOrder(OrderRecord record);

    // order_execution.cpp: while it runs and when it ends
    base::Task<void> execute(std::shared_ptr<OrderRun> run);
    /// Runs it; not far where all are being stopped.
    void begin(std::shared_ptr<OrderRun> run);
    /// What interrupted an order is not shown while it runs again.
    base::Task<base::Result<void>> forgetInterruption(std::shared_ptr<OrderRun> run);
    base::Task<base::Result<void>> obtain(std::shared_ptr<OrderRun> run);
    base::Task<base::Result<void>> prepareToProve(std::shared_ptr<OrderRun> run);
    base::Task<base::Result<void>> waitForAddress(std::shared_ptr<OrderRun> run);
    base::Task<base::Result<void>> removeOldPlacements(std::shared_ptr<OrderRun> run);
    static void tellLeftovers(OrderRun& run);
    base::Task<base::Result<void>> complete(std::shared_ptr<OrderRun> run);
    base::Task<void> giveUp(std::shared_ptr<OrderRun> run, base::Error error);

    // order_cancelling.cpp: orders that are no longer wanted
    base::Task<void> withdraw(OrderRecord order);
    base::Task<base::Result<QStringList>> namesStillNeeded(OrderRecord order);

    std::unique_ptr<OrderServices> m_services;
    base::TaskScope m_scope;
    QHash<QString, std::shared_ptr<OrderRun>> m_running;
};

} // namespace lifecycle
