// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_report.h"
#include "lifecycle/order_services.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"

// What is done about an order that is stuck or has failed. What it is made of are functions of their own, which windows
// may call without an engine.

namespace lifecycle {

using base::Result;
using base::Task;

Task<Result<QString>> Orders::retry(QString id, RetriedNames which, std::stop_token stop)
{
    auto found = co_await details(id);
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    auto request = retryRequest(found->record, found->events, which);
    if (!request)
        co_return tl::unexpected(std::move(request).error());
    if (request->certificateId.isEmpty()) { // a part of the names in a certificate of its own, tagged like the other
        auto other = co_await m_services->repositories.certificates.byId(found->record.request.certificateId);
        if (!other)
            co_return tl::unexpected(std::move(other).error());
        request->tags = other->tags;
    }
    co_return co_await place(*std::move(request), std::move(stop));
}

Task<Result<QString>> Orders::report(QString id, QString explanation)
{
    auto found = co_await details(id);
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    auto authority = co_await m_services->repositories.authorities.byId(found->record.request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto account = co_await m_services->repositories.accounts.byId(found->record.request.accountId);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    OrderReportFrame frame;
    frame.authorityName = authority->name;
    frame.directoryUrl = authority->directoryUrl;
    frame.accountUrl = account->url;
    frame.explanation = std::move(explanation);
    co_return orderReport(found->record, found->events, frame);
}

} // namespace lifecycle
