// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/acme_enroller.h"
#include "lifecycle/repositories.h"

#include <vector>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using acme::AuthorizationStatus;
using base::Result;
using base::Task;

constexpr qsizetype requestsAtOnce = 16;

bool isToEnd(const acme::Authorization& authorization, const GivingUp& what)
{
    if (what.keep.contains(authorization.displayName(), Qt::CaseInsensitive))
        return false;
    return authorization.status == AuthorizationStatus::Pending
        || (authorization.status == AuthorizationStatus::Valid && !what.pendingOnly);
}

Task<GivenUpAuthorization> giveUpOne(acme::AcmeClient& client, acme::AccountContext account, QUrl url, GivingUp what,
                                     std::stop_token stop)
{
    GivenUpAuthorization outcome;
    auto current = co_await client.authorization(account, url, stop);
    if (!current) {
        outcome.name = url.toString();
        outcome.error = std::move(current).error();
        co_return outcome;
    }
    outcome.name = current->displayName();
    outcome.state = current->statusText;
    if (!isToEnd(*current, what))
        co_return outcome;
    auto ended = co_await client.deactivateAuthorization(account, url, stop);
    if (ended)
        outcome.state = ended->statusText;
    else
        outcome.error = std::move(ended).error();
    co_return outcome;
}

} // namespace

Task<Result<QList<GivenUpAuthorization>>> AcmeEnroller::giveUp(GivingUp what, std::stop_token stop)
{
    QList<GivenUpAuthorization> outcomes;
    if (what.order.url.isEmpty())
        co_return outcomes;
    auto authority = co_await m_repositories.authorities.byId(what.order.request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto client = m_clients.of(*authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    auto signer = co_await m_keys.signer(what.order.request.accountId, stop);
    if (!signer)
        co_return tl::unexpected(std::move(signer).error());
    acme::AccountContext account {std::move(signer->key), signer->account.url};
    auto order = co_await (*client)->order(account, what.order.url, stop);
    if (!order)
        co_return tl::unexpected(std::move(order).error());
    for (qsizetype first = 0; first < order->authorizations.size(); first += requestsAtOnce) {
        std::vector<Task<GivenUpAuthorization>> some;
        for (const QUrl& url : order->authorizations.mid(first, requestsAtOnce))
            some.push_back(giveUpOne(**client, account, url, what, stop));
        for (Task<GivenUpAuthorization>& one : some) {
            auto outcome = co_await std::move(one);
            outcomes.append(std::move(outcome));
        }
    }
    co_return outcomes;
}

} // namespace lifecycle
