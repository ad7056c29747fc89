// SPDX-License-Identifier: Apache-2.0
#include "acme/server_traits.h"
#include "lifecycle/name_reports.h"
#include "lifecycle/order_checks.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"

#include <vector>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::Finding;

constexpr std::size_t mostReasons = 8;

QHash<QString, NameReport> reportsIn(const QList<OrderEvent>& events)
{
    QHash<QString, NameReport> reports;
    for (const NameReport& report : nameReports(events))
        reports.insert(report.name, report);
    return reports;
}

/// Before the authority has decided, the challenge tells more than the authorization.
QString lastStateOf(const NameReport& report)
{
    const bool isOpen = !report.isProved() && !report.isRefused();
    return isOpen && !report.challengeState.isEmpty() ? report.challengeState : report.state;
}

const std::optional<base::Error>& errorOf(const NameReport& report)
{
    return report.error ? report.error : report.challengeError;
}

QString verdictOf(Finding::Verdict verdict)
{
    switch (verdict) {
    case Finding::Verdict::Good:
        return u"seen from here, fine"_s;
    case Finding::Verdict::Unknown:
        return u"not known from here"_s;
    case Finding::Verdict::Warning:
        return u"seen from here, doubtful"_s;
    case Finding::Verdict::Bad:
        break;
    }
    return u"seen from here, wrong"_s;
}

QString saidIn(const PendingReason& reason)
{
    if (!reason.error)
        return u"the authority has not said anything about it yet"_s;
    const auto& problem = reason.error->problem();
    return problem && !problem->detail.isEmpty() ? u"the authority says: %1"_s.arg(problem->detail)
                                                 : u"the error is: %1"_s.arg(reason.error->message());
}

QString habitIn(const PendingReason& reason)
{
    switch (reason.habit) {
    case PendingReason::Habit::None:
        break;
    case PendingReason::Habit::LeavesFailuresPending:
        return reason.error
            ? u"%1 leaves a challenge that failed pending for a day; its error ends the order here, "
              "and a new order asks it to look again"_s.arg(reason.serverName)
            : u"%1 leaves a challenge that failed pending for a day, with an error beside it"_s.arg(reason.serverName);
    case PendingReason::Habit::WaitsForApproval:
        return u"%1 may let a person approve orders first, which can take a day"_s.arg(reason.serverName);
    }
    return {};
}

PendingReason::Habit habitOf(const acme::ServerTraits& traits)
{
    if (traits.leavesFailedChallengesPending)
        return PendingReason::Habit::LeavesFailuresPending;
    return traits.ordersMayWaitForApproval ? PendingReason::Habit::WaitsForApproval : PendingReason::Habit::None;
}

} // namespace

QString PendingReason::text() const
{
    QStringList sentences {saidIn(*this)};
    for (const Finding& finding : findings)
        sentences.append(u"%1: %2"_s.arg(verdictOf(finding.verdict), finding.sentence()));
    sentences.append(habitIn(*this));
    sentences.removeAll(QString());
    QString all = u"%1, %2: %3."_s.arg(name, challengeType, state.isEmpty() ? u"not begun"_s : state);
    for (const QString& sentence : std::as_const(sentences))
        all += u' ' + sentence.left(1).toUpper() + sentence.mid(1) + u'.';
    return all;
}

Task<Result<QList<PendingReason>>> OrderChecks::why(QString orderId, QString name, std::stop_token stop)
{
    auto order = co_await m_orders.details(orderId);
    if (!order)
        co_return tl::unexpected(std::move(order).error());
    const QHash<QString, NameReport> reports = reportsIn(order->events);
    std::vector<Task<PendingReason>> looks;
    for (const base::Identifier& each : std::as_const(order->record.request.names)) {
        const NameReport report = toldOf(reports, each);
        const bool isMeant = name == each.value() || (!name.isEmpty() && name == report.name);
        if (looks.size() < mostReasons && (isMeant || (name.isEmpty() && !report.isProved())))
            looks.push_back(explain(each.value(), report, *order, stop));
    }
    QList<PendingReason> reasons;
    for (Task<PendingReason>& look : looks) {
        auto reason = co_await std::move(look);
        reasons.append(std::move(reason));
    }
    if (reasons.isEmpty() && !name.isEmpty())
        co_return base::failed(base::ErrorCode::NotFound, u"the order has no name %1"_s.arg(name.left(100)));
    co_return reasons;
}

Task<PendingReason> OrderChecks::explain(QString name, NameReport report, OrderDetails order, std::stop_token stop)
{
    PendingReason known {name, order.record.request.proof.challengeType, lastStateOf(report), errorOf(report)};
    auto authority = co_await m_repositories.authorities.byId(order.record.request.authorityId);
    const auto identifier = base::Identifier::parse(name);
    if (!authority || !identifier)
        co_return known;
    CheckRequest request;
    request.names = QList<base::Identifier>(1, *identifier);
    request.authorityId = authority->id;
    request.accountId = order.record.request.accountId;
    request.proof = order.record.request.proof;
    auto wanted = co_await preflightFor(std::move(request), *authority);
    if (!wanted)
        co_return known;
    // what an order that ended had put in place is gone: then an answer of our own is tried
    if (order.running && !isFinished(order.record.state) && !report.expectedValue.isEmpty())
        wanted->inPlace =
            challenge::PreflightRequest::InPlace {report.token, {report.expectedAt, report.expectedValue}};
    const challenge::Preflight::Notice nobody;
    auto findings = co_await look(*std::move(wanted), *authority, nobody, std::move(stop));
    if (!findings)
        co_return known;
    known.findings = *std::move(findings);
    const acme::ServerTraits& traits = acme::traitsOf(authority->meta.kind);
    known.habit = habitOf(traits);
    known.serverName = QString::fromUtf16(traits.displayName);
    co_return known;
}

} // namespace lifecycle
