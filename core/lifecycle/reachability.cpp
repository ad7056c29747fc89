// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/reachability.h"

#include "base/logging.h"
#include "http/http_client.h"
#include "http/retry_after.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/authority_trust.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/repositories.h"

#include <QElapsedTimer>
#include <QJsonDocument>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr qint64 usualInterval = 15LL * 60; // seconds
constexpr qint64 intervalOfTrouble = 5LL * 60;
constexpr qint64 jitterShare = 4; // up to a quarter of the interval more
constexpr std::chrono::minutes betweenSweeps {1};
constexpr qint64 directoryLimit = 256 * 1024;
constexpr qint64 halfASecond = 500; // Date has whole seconds, rounded down
constexpr int firstErrorStatus = 400;

/// Date against the middle of the time that the question took.
std::optional<qint64> clockOffset(const http::HttpResponse& response, const QDateTime& asked, qint64 tookMs)
{
    const QDateTime middle = asked.addMSecs(tookMs / 2);
    const auto date = http::parseHttpDate(response.header("Date"), middle);
    return date ? std::optional(middle.msecsTo(date->addMSecs(halfASecond))) : std::nullopt;
}

std::optional<base::Error> faultOf(const http::HttpResponse& response)
{
    if (response.status >= firstErrorStatus)
        return base::Error(ErrorCode::Protocol, u"the directory was answered with HTTP %1"_s.arg(response.status));
    if (!QJsonDocument::fromJson(response.body).isObject())
        return base::Error(ErrorCode::Protocol, u"what came is no directory"_s);
    return std::nullopt;
}

} // namespace

Reachability::Reachability(Repositories& repositories, AcmeClients& clients, AuthorityTrust& trust, ChangeFeed& feed,
                           base::Clock& clock)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_trust(trust)
    , m_feed(feed)
    , m_clock(clock)
{
}

Task<Result<AuthorityCondition>> Reachability::check(QString authorityId, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto found = co_await look(*authority, std::move(stop));
    if (!found)
        co_return found;
    auto stored = co_await m_repositories.authorities.noteLook(*found);
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    if (!found->error) {
        m_clients.release(authorityId);
        m_trust.trusted(authorityId);
    } else if (found->error->code() == ErrorCode::UntrustedServer) {
        m_trust.untrusted(authorityId, *found->error);
    }
    m_feed.announce(Change::Authorities);
    co_return found;
}

Task<Result<AuthorityCondition>> Reachability::look(Authority authority, std::stop_token stop)
{
    const auto client = m_clients.connection(authority);
    if (!client)
        co_return tl::unexpected(client.error());
    auto condition = co_await m_repositories.authorities.condition(authority.id);
    if (!condition)
        co_return condition;
    const QDateTime asked = m_clock.now();
    http::HttpRequest request;
    request.url = authority.directoryUrl;
    request.bodyLimit = directoryLimit;
    QElapsedTimer timer;
    timer.start();
    auto response = co_await (*client)->send(std::move(request), std::move(stop));
    if (!response && response.error().code() == ErrorCode::Cancelled)
        co_return tl::unexpected(std::move(response).error());
    condition->checkedAt = m_clock.now();
    condition->error = response ? faultOf(*response) : std::optional(response.error());
    condition->latencyMs = response ? static_cast<int>(timer.elapsed()) : -1;
    if (response)
        noteRateLimit(authority.id, *response);
    condition->clockOffsetMs = response ? clockOffset(*response, asked, timer.elapsed()) : std::nullopt;
    co_return condition;
}

void Reachability::noteRateLimit(const QString& authorityId, const http::HttpResponse& response)
{
    if (const auto until = http::leftAloneUntil(response, m_clock.now()))
        m_trust.rateLimited(authorityId, *until);
}

bool Reachability::isDue(const AuthorityCondition& condition, const QDateTime& now) const
{
    if (!condition.checkedAt.isValid() || condition.checkedAt > now)
        return true;
    if (condition.rateLimitedUntil > now)
        return false;
    if (m_clients.refuses(condition.authorityId) && !condition.isStopped()) // another process let its work go on
        return true;
    const qint64 interval = condition.isReachable() && !condition.isStopped() ? usualInterval : intervalOfTrouble;
    const size_t chance = qHashMulti(m_salt, condition.authorityId, condition.checkedAt.toMSecsSinceEpoch());
    const qint64 jitter = static_cast<qint64>(chance % static_cast<size_t>(interval / jitterShare));
    return condition.checkedAt.addSecs(interval + jitter) <= now;
}

Task<void> Reachability::checkThoseDue(std::stop_token stop)
{
    auto authorities = co_await m_repositories.authorities.all();
    if (!authorities)
        co_return;
    for (const Authority& authority : std::as_const(*authorities)) {
        auto condition = co_await m_repositories.authorities.condition(authority.id);
        if (stop.stop_requested() || !condition || !isDue(*condition, m_clock.now()))
            continue;
        auto checked = co_await check(authority.id, stop);
        if (!checked)
            qCInfo(base::log::lifecycle) << "looking at" << authority.name << checked.error().message();
    }
}

Task<void> Reachability::run(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        co_await checkThoseDue(stop);
        co_await m_clock.sleep(betweenSweeps, stop);
    }
}

} // namespace lifecycle
