// SPDX-License-Identifier: Apache-2.0
#include "base/logging.h"
#include "crypto/chain.h"
#include "lifecycle/renewal_sweep.h"
#include "lifecycle/repositories.h"

#include <QRandomGenerator>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr int mostFailuresInARow = 8;

Result<QString> identifierOf(const CertificateVersion& version)
{
    auto leaf = crypto::Certificate::fromPem(version.chainPem);
    if (!leaf)
        return tl::unexpected(std::move(leaf).error());
    return acme::renewalIdentifier(leaf->authorityKeyId(), leaf->serialDer());
}

/// Whether the authority itself is out of reach, and not one certificate unknown to it.
bool concernsAll(const base::Error& error)
{
    switch (error.code()) {
    case ErrorCode::Network:
    case ErrorCode::Timeout:
    case ErrorCode::UntrustedServer:
    case ErrorCode::RateLimited:
        return true;
    default:
        return false;
    }
}

bool mayHaveMoved(const base::Error& error)
{
    const int status = error.problem() ? error.problem()->status : 0;
    return error.code() == ErrorCode::Protocol || (status >= 400 && status < 500);
}

} // namespace

Task<void> RenewalInquiries::ask(CertificateVersion version, std::shared_ptr<Sweep> sweep)
{
    auto answer = co_await answerFor(version, sweep);
    if (!answer && sweep->stop.stop_requested())
        co_return;
    if (!answer)
        qCWarning(base::log::lifecycle) << "renewal information of" << version.serial << answer.error().message();
    sweep->failuresInARow = answer ? 0 : sweep->failuresInARow + 1;
    if (!answer && (concernsAll(answer.error()) || sweep->failuresInARow == mostFailuresInARow))
        sweep->halted = answer.error();
    if (!answer && concernsAll(answer.error()))
        co_return;
    if (!answer)
        sweep->round.failed.append(version.serial + u": "_s + answer.error().message());
    ++sweep->round.asked;
    auto settled = co_await settle(std::move(version), std::move(answer));
    if (!settled)
        sweep->halted = std::move(settled).error();
}

Task<Result<acme::RenewalInfo>> RenewalInquiries::answerFor(CertificateVersion version, std::shared_ptr<Sweep> sweep)
{
    const auto identifier = identifierOf(version);
    if (!identifier)
        co_return tl::unexpected(identifier.error());
    auto answer = co_await sweep->client->renewalInfo(*identifier, sweep->stop);
    if (answer || !mayHaveMoved(answer.error()) || !std::exchange(sweep->mayReadDirectoryAgain, false))
        co_return answer;
    // An authority may have moved its resources since its directory was read.
    auto known = co_await sweep->client->directory(sweep->stop);
    auto current = co_await sweep->client->refreshDirectory(sweep->stop);
    if (!known || !current || current->renewalInfo == known->renewalInfo)
        co_return answer;
    co_return co_await sweep->client->renewalInfo(*identifier, sweep->stop);
}

Task<Result<void>> RenewalInquiries::settle(CertificateVersion version, Result<acme::RenewalInfo> answer)
{
    auto known = co_await m_repositories.renewals.of(version.id);
    if (!known)
        co_return tl::unexpected(std::move(known).error());
    if (!*known)
        co_return Result<void>(); // removed meanwhile
    RenewalInformation information = **std::move(known);
    const QDateTime now = m_clock.now();
    const Lifetime lifetime {version.notBefore, version.notAfter};
    std::optional<RenewalDecision> plan;
    if (answer) {
        const double chance = QRandomGenerator::system()->generateDouble();
        const RenewalWindow window {answer->windowStart, answer->windowEnd};
        plan = information.answered(window, answer->explanationUrl, lifetime, now, chance);
        information.askAt = nextInquiry(answer->retryAfter, lifetime, now);
    } else {
        const bool never = answer.error().code() == ErrorCode::Unsupported;
        information.askedAt = now;
        information.failure = answer.error();
        information.askAt = never ? QDateTime() : nextInquiry(answer.error().retryAt(), lifetime, now);
    }
    const bool soon = plan && plan->at < now.addDays(1);
    auto earliest = co_await earliestRenewal(version, soon);
    if (!earliest)
        co_return tl::unexpected(std::move(earliest).error());
    if (soon && earliest->isValid() && plan->at < *earliest) {
        plan->at = *earliest;
        plan->reason += u"; not at once, since it was renewed or tried just before"_s;
    }
    co_return co_await m_repositories.renewals.store(std::move(information), std::move(plan));
}

// An authority whose every window is over would have its certificates renewed without end.
Task<Result<QDateTime>> RenewalInquiries::earliestRenewal(CertificateVersion version, bool soon)
{
    if (!soon)
        co_return QDateTime();
    auto row = co_await m_repositories.certificates.row(version.certificateId, m_clock.now());
    if (!row)
        co_return tl::unexpected(std::move(row).error());
    if (row->state == CertificateState::Failed)
        co_return version.renewAt;
    auto versions = co_await m_repositories.certificates.versions(version.certificateId);
    if (!versions)
        co_return tl::unexpected(std::move(versions).error());
    if (versions->size() < 2)
        co_return QDateTime();
    const QDateTime before = versions->at(1).issuedAt;
    const bool justReplaced = retryOfRenewal(version.notBefore, version.notAfter, before) > version.issuedAt;
    co_return justReplaced ? retryOfRenewal(version.notBefore, version.notAfter, version.issuedAt) : QDateTime();
}

} // namespace lifecycle
