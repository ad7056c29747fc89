// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/renewal_inquiries.h"

#include "base/logging.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/lease.h"
#include "lifecycle/renewal_sweep.h"
#include "lifecycle/repositories.h"

#include <QTimer>

#include <vector>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr int askedAtOnce = 4; // orders of the same authority have connections left
constexpr int askedInALook = 500;
constexpr std::chrono::minutes betweenInquiries {1};
constexpr std::chrono::seconds patienceAfterIssuance {10};
constexpr qint64 silenceSeconds = 10LL * 60;
constexpr qint64 nothingOfferedSeconds = 24LL * 60 * 60;

/// When an authority may be asked again after `error`.
QDateTime againAfter(const base::Error& error, const QDateTime& now)
{
    if (error.code() == ErrorCode::Unsupported)
        return now.addSecs(nothingOfferedSeconds);
    const QDateTime usual = now.addSecs(silenceSeconds);
    return std::clamp(error.retryAt().value_or(usual), now.addSecs(60), now.addDays(1));
}

} // namespace

RenewalInquiries::RenewalInquiries(Repositories& repositories, AcmeClients& clients, Leases& leases, base::Clock& clock,
                                   ChangeFeed& feed)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_leases(leases)
    , m_clock(clock)
    , m_feed(feed)
{
}

Task<void> RenewalInquiries::askFirst(QString versionId, std::stop_token stop)
{
    auto version = co_await m_repositories.certificates.version(versionId);
    auto information = co_await m_repositories.renewals.of(versionId);
    if (!version || !information || !*information)
        co_return;
    const QString authorityId = (*information)->authorityId;
    auto authority = co_await m_repositories.authorities.byId(authorityId);
    if (!authority)
        co_return;
    std::stop_source impatient;
    const std::stop_callback relay(stop, [&impatient] { impatient.request_stop(); });
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&impatient] { impatient.request_stop(); });
    timer.start(patienceAfterIssuance);
    auto sweep = std::make_shared<Sweep>();
    sweep->authority = *std::move(authority);
    sweep->stop = impatient.get_token();
    sweep->waiting = {*std::move(version)};
    sweep->mayReadDirectoryAgain = false; // it was read for the order
    auto asked = co_await askThose(sweep);
    if (!asked)
        qCWarning(base::log::lifecycle) << "asking for renewal information:" << asked.error().message();
}

Task<Result<RenewalInquiryRound>> RenewalInquiries::askDue(std::stop_token stop)
{
    return askEverywhere(QDateTime(), std::move(stop));
}

Task<Result<RenewalInquiryRound>> RenewalInquiries::askAll(std::stop_token stop)
{
    return askEverywhere(m_clock.now(), std::move(stop));
}

Task<Result<RenewalInquiryRound>> RenewalInquiries::askEverywhere(QDateTime unlessAskedSince, std::stop_token stop)
{
    auto authorities = co_await m_repositories.authorities.all();
    if (!authorities)
        co_return tl::unexpected(std::move(authorities).error());
    std::vector<Task<Result<RenewalInquiryRound>>> sweeps;
    for (const Authority& authority : *authorities)
        sweeps.push_back(askAuthority(authority, unlessAskedSince, stop));
    RenewalInquiryRound total;
    std::optional<base::Error> failure;
    for (Task<Result<RenewalInquiryRound>>& sweep : sweeps) {
        auto round = co_await std::move(sweep);
        if (!round)
            failure = std::move(round).error();
        else
            total = {total.asked + round->asked, total.failed + round->failed};
    }
    if (total.asked > 0)
        m_feed.announce(Change::Certificates);
    if (failure)
        co_return tl::unexpected(*std::move(failure));
    co_return total;
}

Task<Result<RenewalInquiryRound>> RenewalInquiries::askAuthority(Authority authority, QDateTime unlessAskedSince,
                                                                 std::stop_token stop)
{
    auto sweep = std::make_shared<Sweep>();
    sweep->authority = std::move(authority);
    sweep->unlessAskedSince = unlessAskedSince;
    sweep->stop = std::move(stop);
    std::shared_ptr<HeldLease> lease;
    for (;;) {
        auto more = co_await takeNext(sweep);
        if (!more)
            co_return tl::unexpected(std::move(more).error());
        if (!*more)
            co_return sweep->round;
        if (!lease) {
            auto free = m_leases.acquire(u"renewal-information:"_s + sweep->authority.id);
            if (!free)
                co_return sweep->round; // another process is at it
            lease = *std::move(free);
            continue; // it may have been asked about between the look and the lease
        }
        auto asked = co_await askThose(sweep);
        if (!asked)
            co_return tl::unexpected(std::move(asked).error());
    }
}

Task<Result<bool>> RenewalInquiries::takeNext(std::shared_ptr<Sweep> sweep)
{
    const bool enough = sweep->round.asked >= askedInALook && sweep->unlessAskedSince.isNull();
    if (enough || sweep->halted || sweep->stop.stop_requested())
        co_return false;
    RenewalInquiryQuery query;
    query.authorityId = sweep->authority.id;
    query.now = m_clock.now();
    query.unlessAskedSince = sweep->unlessAskedSince;
    query.limit = askedInALook;
    auto waiting = co_await m_repositories.renewals.toAsk(query);
    if (!waiting)
        co_return tl::unexpected(std::move(waiting).error());
    sweep->waiting = *std::move(waiting);
    co_return !sweep->waiting.isEmpty();
}

Task<Result<void>> RenewalInquiries::askThose(std::shared_ptr<Sweep> sweep)
{
    auto client = m_clients.of(sweep->authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    sweep->client = *client;
    co_await checkOffered(sweep);
    std::vector<Task<void>> workers;
    for (int worker = 0; worker < askedAtOnce && !sweep->waiting.isEmpty(); ++worker)
        workers.push_back(work(sweep));
    for (Task<void>& worker : workers)
        co_await std::move(worker);
    if (!sweep->halted || sweep->stop.stop_requested())
        co_return Result<void>();
    co_return co_await putOff(sweep);
}

Task<Result<void>> RenewalInquiries::putOff(std::shared_ptr<Sweep> sweep)
{
    const base::Error error = *sweep->halted;
    if (error.code() == ErrorCode::Storage)
        co_return tl::unexpected(error);
    if (error.code() != ErrorCode::Unsupported)
        sweep->round.failed.append(sweep->authority.name + u": "_s + error.message());
    const QDateTime now = m_clock.now();
    co_return co_await m_repositories.renewals.postpone(sweep->authority.id, now, againAfter(error, now), error);
}

Task<void> RenewalInquiries::checkOffered(std::shared_ptr<Sweep> sweep)
{
    auto directory = co_await sweep->client->directory(sweep->stop);
    // An authority may have begun to offer it since its directory was read.
    if (directory && directory->renewalInfo.isEmpty() && std::exchange(sweep->mayReadDirectoryAgain, false))
        directory = co_await sweep->client->refreshDirectory(sweep->stop);
    if (!directory)
        sweep->halted = std::move(directory).error();
    else if (directory->renewalInfo.isEmpty())
        sweep->halted = base::Error(ErrorCode::Unsupported, u"the authority offers no renewal information"_s);
}

Task<void> RenewalInquiries::work(std::shared_ptr<Sweep> sweep)
{
    while (!sweep->waiting.isEmpty() && !sweep->halted && !sweep->stop.stop_requested())
        co_await ask(sweep->waiting.takeFirst(), sweep);
}

Task<void> RenewalInquiries::run(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        auto asked = co_await askDue(stop);
        if (!asked)
            qCWarning(base::log::lifecycle) << "asking for renewal information:" << asked.error().message();
        co_await m_clock.sleep(betweenInquiries, stop);
    }
}

} // namespace lifecycle
