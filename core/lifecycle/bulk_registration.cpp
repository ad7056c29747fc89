// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/bulk_registration.h"

#include "base/task_scope.h"
#include "lifecycle/repositories.h"

#include <QSet>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using Outcome = BulkRegistrationOutcome;
using State = EabCredential::State;

constexpr int atOnce = 8;

AccountDetails detailsFrom(const BulkRegistrationRequest& request)
{
    AccountDetails details;
    details.contacts = request.contacts;
    details.keyType = request.keyType;
    details.termsAgreed = request.termsAgreed;
    return details;
}

Outcome outcomeOf(const EabCredential& credential, const Result<Account>& account)
{
    Outcome outcome;
    outcome.credential = credential;
    if (account) {
        outcome.result = Outcome::Result::Bound;
        outcome.accountId = account->id;
        return outcome;
    }
    outcome.error = account.error();
    outcome.fate = eabFateAfter(account.error());
    outcome.result = Outcome::Result::Failed;
    if (outcome.fate.spent == EabFate::Spent::Unknown)
        outcome.result = Outcome::Result::Unknown;
    return outcome;
}

} // namespace

/// The credentials, handed out to the jobs one by one.
struct BulkRegistration::Work {
    QList<Outcome> outcomes;
    AccountDetails details;
    Watch watch;
    std::stop_token stop;
    qsizetype next = 0;
    BulkRegistrationProgress progress;
    QSet<QString> limited; ///< authorities that ask to wait: nothing more is begun with them

    void tell(const Outcome& outcome)
    {
        progress.done += 1;
        progress.failed += outcome.error ? 1 : 0;
        if (outcome.error && outcome.error->code() == base::ErrorCode::RateLimited)
            limited.insert(outcome.credential.authorityId);
        if (watch)
            watch(progress);
    }
};

QString bulkResultName(Outcome::Result result)
{
    switch (result) {
    case Outcome::Result::Bound:
        return u"bound"_s;
    case Outcome::Result::WasBound:
        return u"already-bound"_s;
    case Outcome::Result::Failed:
        return u"failed"_s;
    case Outcome::Result::Unknown:
        return u"unknown"_s;
    case Outcome::Result::NotBegun:
        break;
    }
    return u"not-begun"_s;
}

BulkRegistration::BulkRegistration(Repositories& repositories, Accounts& accounts)
    : m_repositories(repositories)
    , m_accounts(accounts)
{
}

Task<Result<QList<EabCredential>>> BulkRegistration::chosen(BulkRegistrationRequest request)
{
    auto all = co_await m_accounts.credentials();
    if (!all)
        co_return all;
    QSet<QString> missing(request.credentialIds.begin(), request.credentialIds.end());
    const bool some = !missing.isEmpty();
    QList<EabCredential> found;
    for (const EabCredential& credential : std::as_const(*all)) {
        const bool open = credential.state == State::Unused || credential.state == State::Reserved;
        const bool here = request.authorityId.isEmpty() || credential.authorityId == request.authorityId;
        if (some ? missing.remove(credential.id) : open && here)
            found.append(credential);
    }
    if (!missing.isEmpty())
        co_return base::failed(base::ErrorCode::NotFound, u"there is no credential “%1”"_s.arg(*missing.begin()));
    co_return found;
}

Task<Result<QList<Outcome>>> BulkRegistration::run(BulkRegistrationRequest request, Watch watch, std::stop_token stop)
{
    auto credentials = co_await chosen(request);
    if (!credentials)
        co_return tl::unexpected(std::move(credentials).error());
    auto work = std::make_shared<Work>();
    for (const EabCredential& credential : std::as_const(*credentials)) {
        Outcome outcome;
        outcome.credential = credential;
        work->outcomes.append(std::move(outcome));
    }
    work->details = detailsFrom(request);
    work->watch = std::move(watch);
    work->stop = std::move(stop);
    work->progress.total = static_cast<int>(work->outcomes.size());
    base::TaskScope jobs;
    for (int i = 0; i < atOnce; ++i)
        jobs.start(job(work));
    co_await jobs.drain();
    co_return std::as_const(work->outcomes);
}

Task<void> BulkRegistration::job(std::shared_ptr<Work> work)
{
    while (work->next < work->outcomes.size() && !work->stop.stop_requested()) {
        const qsizetype index = work->next++;
        if (!work->limited.contains(work->outcomes[index].credential.authorityId)) {
            auto outcome = co_await registerOne(work->outcomes[index].credential, work->details, work->stop);
            work->outcomes[index] = std::move(outcome);
        }
        work->tell(work->outcomes[index]);
    }
}

Task<Outcome> BulkRegistration::registerOne(EabCredential credential, AccountDetails details, std::stop_token stop)
{
    const bool wasBound = credential.state == State::Bound;
    auto account = co_await m_accounts.bind(credential.id, std::move(details), std::move(stop));
    auto now = co_await m_accounts.credentialById(credential.id);
    Outcome outcome = outcomeOf(now.value_or(credential), account);
    if (account && wasBound)
        outcome.result = Outcome::Result::WasBound;
    co_return outcome;
}

} // namespace lifecycle
