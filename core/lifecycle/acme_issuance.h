// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "acme/acme_client.h"
#include "acme/authorization.h"
#include "acme/order.h"
#include "base/retry_policy.h"
#include "challenge/solver.h"
#include "lifecycle/enroller.h"
#include "lifecycle/name_refusals.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

/// One run of one order against an ACME server, step by step as RFC 8555 section 7.1 draws it.
///
/// Each step stores how far it came before the next one begins, and can begin again after a crash.
class AcmeIssuance {
public:
    AcmeIssuance(Enrolment enrolment, acme::AcmeClient& client, acme::AccountContext account, OrderRepository& orders);

    base::Task<base::Result<Enrolled>> run();

private:
    using Chains = QList<crypto::CertificateChain>;

    // acme_issuance.cpp: creating
    base::Task<base::Result<acme::Order>> establish();
    base::Task<base::Result<void>> lookAgain(base::Result<acme::Order> order, int attempt);
    base::Task<base::Result<acme::Order>> readOrCreate();
    base::Task<base::Result<acme::Order>> create();
    acme::NewOrder wanted();
    /// Whether newOrder may have failed for what the order says it replaces: it was refused, or the server has failed
    /// again.
    bool doubtsReplacing(const base::Error& error);
    /// newOrder, once more without `replaces` where that may be why it failed.
    base::Task<base::Result<acme::Order>> send();
    base::Task<base::Result<std::optional<acme::Order>>> findLost();
    /// The refusal of a newOrder, told to be about the wish that it refuses.
    base::Task<base::Error> explained(base::Error refusal);
    base::Task<base::Result<acme::Order>> read();
    void remember(const acme::Order& order);

    // acme_finalizing.cpp: until the certificate is there
    base::Task<base::Result<acme::Order>> finalize(acme::Order order);
    /// Unsupported where the order names no URL to finalize it, also when it is read again.
    base::Task<base::Result<void>> knowFinalizeUrl();
    base::Task<base::Result<void>> tryFinalizeAgainAfter(base::Error error, int attempt);
    base::Task<base::Result<acme::Order>> awaitIssued(acme::Order order);
    bool awaitsApproval(const base::Error& error) const;

    // acme_downloading.cpp: the chains of the certificate
    base::Task<base::Result<Enrolled>> download(QUrl url);
    base::Task<base::Result<Chains>> fetchChains(QUrl url);
    base::Task<base::Result<Chains>> withAlternates(Chains chains, QList<QUrl> urls);
    base::Task<base::Result<crypto::CertificateChain>> fetchAlternate(QUrl url);
    /// Those that lead to a root which is pinned for what the authority issues; Rejected where none does.
    base::Result<Chains> trusted(const Chains& chains) const;
    Enrolled chosenOf(const Chains& chains);
    base::Result<crypto::CertificateChain> checkedChain(const QByteArray& pem);

    // acme_authorizing.cpp: every authorization made valid
    base::Task<base::Result<void>> authorize(acme::Order order);
    /// Proves the names before there is an order (RFC 8555 section 7.4.1).
    base::Task<base::Result<void>> preauthorize();
    base::Task<base::Result<void>> prove(QList<acme::Authorization> authorizations);
    void noteRefusal(const acme::Authorization& authorization, base::Error refusal, NameRefusals& refusals);
    base::Task<base::Result<QList<acme::Authorization>>> readAuthorizations(QList<QUrl> urls);
    base::Task<base::Result<void>> answer(QList<acme::Authorization> pending);
    base::Task<base::Result<void>> putInPlace(QList<acme::Authorization> pending);
    /// Those whose placements begin with the one at `first`.
    base::Task<base::Result<void>> present(QList<challenge::Answer> answers, qsizetype first);
    base::Task<base::Result<void>> present(challenge::Answer answer, qsizetype placement);
    base::Task<base::Result<void>> respondToAll(QList<acme::Authorization> pending);
    base::Task<base::Result<void>> respond(acme::Authorization authorization);
    /// Until each is valid. Where some are refused it waits a moment for the others, so that all faults are told at
    /// once.
    base::Task<base::Result<void>> awaitValid(QList<QUrl> urls);
    /// Those that have neither become valid nor been refused.
    QList<acme::Authorization> stillOpen(const QList<acme::Authorization>& authorizations, NameRefusals& refusals);
    void noteWaiting(qsizetype open, std::optional<QDateTime> notBefore, int attempt);
    void noteChallenge(const acme::Authorization& authorization);
    base::Task<void> cleanUp();

    /// After a failure that may pass: waits as long as the server asked or the policy says. The failure itself when it
    /// will not pass, or after too many tries.
    base::Task<base::Result<void>> tryAgainAfter(base::Error error, int attempt);
    /// Waits for the next look: as long as the server asked, else as the policy says.
    base::Task<base::Result<void>> waitForNext(std::optional<QDateTime> retryAfter, int attempt);
    /// The next look at an order that is processing.
    QDateTime nextLook(const acme::Order& order, int attempt);

    static constexpr int triesAfterLostReplies = 5;
    static constexpr int triesForNonce = 100; ///< servers may refuse nine of ten, but none takes so many
    static bool isOver(const acme::Order& order);
    static base::Error orderError(const acme::Order& order);

    OrderProgress& progress() { return *m_enrolment.progress; }
    const IssueRequest& request() { return m_enrolment.progress->record().request; }

    Enrolment m_enrolment;
    acme::AcmeClient& m_client;
    acme::AccountContext m_account;
    OrderRepository& m_orders;
    /// Why an authorization could not be read. It may be valid all the same; the order tells.
    std::optional<base::Error> m_unreadable;
    bool m_mayHaveArrived; ///< a newOrder whose reply never came, in this run or before
    int m_serverFaults = 0; ///< newOrders with `replaces` that met one
    qsizetype m_toProve = 0; ///< names whose proof this run watches
    QList<Placement> m_placements;
    QHash<QString, QString> m_challengeStates; ///< by name, as last noted
    base::RetryPolicy m_polling {std::chrono::milliseconds(250), 1.6, std::chrono::milliseconds(10000)};
    /// Of an order in the hands of the authority, where a human may have to look at it.
    base::RetryPolicy m_patience {std::chrono::milliseconds(250), 1.6, std::chrono::minutes(5)};
};

} // namespace lifecycle
