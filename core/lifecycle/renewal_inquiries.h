// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/renewal_information.h"

#include <memory>
#include <stop_token>

namespace acme {
struct RenewalInfo;
}

namespace lifecycle {

class AcmeClients;
class ChangeFeed;
class Leases;
struct Authority;
struct Repositories;

/// What one round of questions did.
struct RenewalInquiryRound {
    int asked = 0; ///< versions asked about
    QStringList failed; ///< one line for each authority that could not be asked, and each version without an answer
};

/// Asks authorities when they want their certificates renewed (RFC 9773), and plans the renewals by their answers.
///
/// Each version is asked about at the authority that issued it: right after issuance, and again when that authority
/// said. A few at a time, one process for each authority; an authority that does not answer is left alone for a while.
class RenewalInquiries {
public:
    RenewalInquiries(Repositories& repositories, AcmeClients& clients, Leases& leases, base::Clock& clock,
                     ChangeFeed& feed);

    /// Asks about a version that was just issued. Ends after ten seconds in any case; whatever comes of it is stored.
    base::Task<void> askFirst(QString versionId, std::stop_token stop);
    /// Asks about every version whose moment to ask has come.
    base::Task<base::Result<RenewalInquiryRound>> askDue(std::stop_token stop);
    /// Asks about every version now, whatever the authorities said.
    base::Task<base::Result<RenewalInquiryRound>> askAll(std::stop_token stop);
    /// Looks every minute, until stopped.
    base::Task<void> run(std::stop_token stop);

private:
    struct Sweep;

    // renewal_inquiries.cpp: whom to ask, how many at a time
    base::Task<base::Result<RenewalInquiryRound>> askEverywhere(QDateTime unlessAskedSince, std::stop_token stop);
    base::Task<base::Result<RenewalInquiryRound>> askAuthority(Authority authority, QDateTime unlessAskedSince,
                                                               std::stop_token stop);
    base::Task<base::Result<bool>> takeNext(std::shared_ptr<Sweep> sweep);
    base::Task<base::Result<void>> askThose(std::shared_ptr<Sweep> sweep);
    base::Task<void> work(std::shared_ptr<Sweep> sweep);
    /// Halts the sweep where the authority has no renewal information at all.
    base::Task<void> checkOffered(std::shared_ptr<Sweep> sweep);
    base::Task<base::Result<void>> putOff(std::shared_ptr<Sweep> sweep);

    // renewal_answers.cpp: one question, and what its answer means
    base::Task<void> ask(CertificateVersion version, std::shared_ptr<Sweep> sweep);
    base::Task<base::Result<acme::RenewalInfo>> answerFor(CertificateVersion version, std::shared_ptr<Sweep> sweep);
    base::Task<base::Result<void>> settle(CertificateVersion version, base::Result<acme::RenewalInfo> answer);
    /// Not before this may a version be renewed that is to be renewed soon; null: at any time.
    base::Task<base::Result<QDateTime>> earliestRenewal(CertificateVersion version, bool soon);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    Leases& m_leases;
    base::Clock& m_clock;
    ChangeFeed& m_feed;
};

} // namespace lifecycle
