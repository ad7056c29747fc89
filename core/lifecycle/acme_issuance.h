// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "acme/acme_client.h"
#include "acme/authorization.h"
#include "acme/order.h"
#include "base/retry_policy.h"
#include "lifecycle/enroller.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

/// One run of one order against an ACME server, step by step as RFC 8555 section 7.1 draws it.
///
/// Each step stores how far it came before the next one begins, and can begin again after a crash.
class AcmeIssuance {
public:
    AcmeIssuance(Enrolment enrolment, acme::AcmeClient& client, acme::AccountContext account, OrderRepository& orders);

    base::Task<base::Result<crypto::CertificateChain>> run();

private:
    // acme_issuance.cpp: creating, finalizing, downloading
    base::Task<base::Result<acme::Order>> establish();
    base::Task<base::Result<void>> lookAgain(base::Result<acme::Order> order, int attempt);
    base::Task<base::Result<acme::Order>> readOrCreate();
    base::Task<base::Result<acme::Order>> create();
    acme::NewOrder wanted();
    /// newOrder, once more without `replaces` where that was refused.
    base::Task<base::Result<acme::Order>> send();
    base::Task<base::Result<std::optional<acme::Order>>> findLost();
    base::Task<base::Result<acme::Order>> finalize(acme::Order order);
    base::Task<base::Result<void>> tryFinalizeAgainAfter(base::Error error, int attempt);
    base::Task<base::Result<acme::Order>> awaitIssued(acme::Order order);
    base::Task<base::Result<crypto::CertificateChain>> download(QUrl url);
    base::Result<crypto::CertificateChain> checkedChain(const QByteArray& pem);
    base::Task<base::Result<acme::Order>> read();
    void remember(const acme::Order& order);

    // acme_authorizing.cpp: every authorization made valid
    base::Task<base::Result<void>> authorize(acme::Order order);
    base::Task<base::Result<QList<acme::Authorization>>> readAuthorizations(QList<QUrl> urls);
    base::Task<base::Result<void>> answer(QList<acme::Authorization> pending);
    base::Task<base::Result<void>> putInPlace(QList<acme::Authorization> pending);
    base::Task<base::Result<void>> respond(acme::Authorization authorization);
    base::Task<base::Result<void>> awaitValid(QList<QUrl> urls);
    void noteChallenge(const acme::Authorization& authorization);
    base::Task<void> cleanUp();

    /// After a failure that may pass: waits as long as the server asked or the policy says. The failure itself when it
    /// will not pass, or after too many tries.
    base::Task<base::Result<void>> tryAgainAfter(base::Error error, int attempt);
    /// Waits for the next look: as long as the server asked, else as the policy says.
    base::Task<base::Result<void>> waitForNext(std::optional<QDateTime> retryAfter, int attempt);

    OrderProgress& progress() { return *m_enrolment.progress; }
    const IssueRequest& request() { return m_enrolment.progress->record().request; }

    Enrolment m_enrolment;
    acme::AcmeClient& m_client;
    acme::AccountContext m_account;
    OrderRepository& m_orders;
    bool m_mayHaveArrived; ///< a newOrder whose reply never came, in this run or before
    QList<Placement> m_placements;
    QHash<QString, QString> m_challengeStates; ///< by name, as last noted
    base::RetryPolicy m_polling {std::chrono::milliseconds(250), 1.6, std::chrono::milliseconds(10000)};
};

} // namespace lifecycle
