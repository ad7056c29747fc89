// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_record.h"

#include <array>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array allStates {OrderState::Prepared,    OrderState::Authorizing, OrderState::Finalizing,
                                OrderState::Downloading, OrderState::Issued,      OrderState::Failed,
                                OrderState::Cancelled};

constexpr std::array allSubjects {OrderEvent::Subject::Order,     OrderEvent::Subject::Authorization,
                                  OrderEvent::Subject::Challenge, OrderEvent::Subject::Finalize,
                                  OrderEvent::Subject::Download,  OrderEvent::Subject::Exchange};

const QString approval = u"approval"_s; // what the error is about

} // namespace

QString orderStateName(OrderState state)
{
    switch (state) {
    case OrderState::Prepared:
        return u"prepared"_s;
    case OrderState::Authorizing:
        return u"authorizing"_s;
    case OrderState::Finalizing:
        return u"finalizing"_s;
    case OrderState::Downloading:
        return u"downloading"_s;
    case OrderState::Issued:
        return u"issued"_s;
    case OrderState::Failed:
        return u"failed"_s;
    case OrderState::Cancelled:
        return u"cancelled"_s;
    }
    return QString();
}

OrderState orderStateFromName(QStringView name)
{
    for (const OrderState state : allStates)
        if (name == orderStateName(state))
            return state;
    return OrderState::Prepared;
}

bool isFinished(OrderState state)
{
    return state == OrderState::Issued || state == OrderState::Failed || state == OrderState::Cancelled;
}

bool hasNamesToProve(OrderState state)
{
    return state == OrderState::Prepared || state == OrderState::Authorizing;
}

base::Error approvalPending(const base::ProblemDocument& refusal)
{
    return base::Error(base::ErrorCode::InProgress, u"the authority waits for an approval: "_s + refusal.summary())
        .about(approval);
}

bool isApprovalPending(const std::optional<base::Error>& error)
{
    return error && error->code() == base::ErrorCode::InProgress && error->field() == approval;
}

QString orderSubjectName(OrderEvent::Subject subject)
{
    switch (subject) {
    case OrderEvent::Subject::Order:
        return u"order"_s;
    case OrderEvent::Subject::Authorization:
        return u"authorization"_s;
    case OrderEvent::Subject::Challenge:
        return u"challenge"_s;
    case OrderEvent::Subject::Finalize:
        return u"finalize"_s;
    case OrderEvent::Subject::Download:
        return u"download"_s;
    case OrderEvent::Subject::Exchange:
        return u"exchange"_s;
    }
    return QString();
}

OrderEvent::Subject orderSubjectFromName(QStringView name)
{
    for (const OrderEvent::Subject subject : allSubjects)
        if (name == orderSubjectName(subject))
            return subject;
    return OrderEvent::Subject::Order;
}

} // namespace lifecycle
