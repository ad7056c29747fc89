// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_retrying.h"

#include "lifecycle/name_reports.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

enum class Outcome { Open, Proved, Failed };

/// By the name as the authority wrote it; the last word counts.
QHash<QString, Outcome> lastWords(const OrderRecord& order, const QList<OrderEvent>& events)
{
    QHash<QString, Outcome> outcomes;
    for (const NameReport& name : nameReports(events))
        outcomes.insert(name.name,
                        name.isRefused()      ? Outcome::Failed
                            : name.isProved() ? Outcome::Proved
                                              : Outcome::Open);
    // newOrder refuses names before there is an authorization for any (RFC 8555 section 6.7.1).
    if (order.error && order.error->problem())
        for (const base::Subproblem& part : order.error->problem()->subproblems)
            outcomes.insert(part.identifier, Outcome::Failed);
    return outcomes;
}

Result<QList<base::Identifier>> chosenNames(const OrderRecord& order, const NameOutcomes& outcomes, RetriedNames which)
{
    if (which == RetriedNames::All)
        return order.request.names;
    if (outcomes.failed.isEmpty())
        return base::invalid(u"names"_s, u"no name of this order failed by itself; try the whole order again"_s);
    if (which == RetriedNames::Failed)
        return outcomes.failed;
    const QList<base::Identifier> others = outcomes.proved + outcomes.open;
    if (others.isEmpty())
        return base::invalid(u"names"_s, u"every name of this order failed; without them none is left"_s);
    return others;
}

} // namespace

NameOutcomes nameOutcomes(const OrderRecord& order, const QList<OrderEvent>& events)
{
    const QHash<QString, Outcome> known = lastWords(order, events);
    NameOutcomes outcomes;
    for (const base::Identifier& name : order.request.names) {
        const Outcome outcome = toldOf(known, name);
        if (outcome == Outcome::Failed)
            outcomes.failed.append(name);
        else
            (outcome == Outcome::Proved ? outcomes.proved : outcomes.open).append(name);
    }
    return outcomes;
}

Result<IssueRequest> retryRequest(const OrderRecord& order, const QList<OrderEvent>& events, RetriedNames which)
{
    if (order.state != OrderState::Failed && order.state != OrderState::Cancelled) {
        const QString why = order.state == OrderState::Issued ? u"this order has its certificate; renew that"_s
                                                              : u"this order has not ended; resume it"_s;
        return base::invalid(u"order"_s, why);
    }
    auto names = chosenNames(order, nameOutcomes(order, events), which);
    if (!names)
        return tl::unexpected(std::move(names).error());
    IssueRequest request = order.request;
    if (request.lifetimeSeconds > 0) // the moment that it became for that order
        request.notAfter = {};
    if (*names == request.names)
        return request;
    if (!request.csrDer.isEmpty())
        return base::invalid(u"csr"_s, u"the certificate request is for all of the names; bring one for these"_s);
    request.names = *std::move(names);
    request.certificateId.clear();
    return request;
}

} // namespace lifecycle
