// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account.h"

#include <algorithm>

namespace lifecycle {

using namespace Qt::StringLiterals;

namespace {

bool haveEveryWord(const QStringList& fields, const QString& filter)
{
    const QString text = fields.join(u'\n');
    const QStringList words = filter.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

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

EabCredential::State EabCredential::stateAt(const QDateTime& now) const
{
    return state == State::Unused && expiresAt.isValid() && expiresAt < now ? State::Expired : state;
}

bool EabCredential::isUsableAt(const QDateTime& now) const
{
    return stateAt(now) == State::Unused;
}

bool Account::matches(const QString& filter, const QString& authorityName) const
{
    return haveEveryWord({authorityName, contacts.join(u' '), url.toString(), keyThumbprint,
                          crypto::keyTypeName(keyType), accountStatusName(status)},
                         filter);
}

bool EabCredential::matches(const QString& filter, const QString& authorityName) const
{
    return haveEveryWord({authorityName, kid, label, owner, host, contacts.join(u' '), algorithm}, filter);
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
    case EabCredential::State::Spent:
        return u"spent"_s;
    case EabCredential::State::Refused:
        return u"refused"_s;
    case EabCredential::State::Expired:
        return u"expired"_s;
    }
    return QString();
}

EabCredential::State eabStateFromName(QStringView name)
{
    for (const auto state : allEabStates())
        if (name == eabStateName(state))
            return state;
    return EabCredential::State::Unused;
}

QList<EabCredential::State> allEabStates()
{
    using enum EabCredential::State;
    return {Unused, Reserved, Bound, Spent, Refused, Expired};
}

} // namespace lifecycle
