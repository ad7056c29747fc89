// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account.h"

namespace lifecycle {

using namespace Qt::StringLiterals;

QString accountStatusName(Account::Status status)
{
    switch (status) {
    case Account::Status::Pending:
        return u"pending"_s;
    case Account::Status::Valid:
        return u"valid"_s;
    case Account::Status::Deactivated:
        return u"deactivated"_s;
    case Account::Status::Revoked:
        return u"revoked"_s;
    }
    return QString();
}

Account::Status accountStatusFromName(QStringView name)
{
    for (const auto status : {Account::Status::Valid, Account::Status::Deactivated, Account::Status::Revoked})
        if (name == accountStatusName(status))
            return status;
    return Account::Status::Pending;
}

QString eabStateName(EabCredential::State state)
{
    switch (state) {
    case EabCredential::State::Unused:
        return u"unused"_s;
    case EabCredential::State::Reserved:
        return u"reserved"_s;
    case EabCredential::State::Bound:
        return u"bound"_s;
    case EabCredential::State::Refused:
        return u"refused"_s;
    }
    return QString();
}

EabCredential::State eabStateFromName(QStringView name)
{
    for (const auto state :
         {EabCredential::State::Reserved, EabCredential::State::Bound, EabCredential::State::Refused})
        if (name == eabStateName(state))
            return state;
    return EabCredential::State::Unused;
}

} // namespace lifecycle
