// SPDX-License-Identifier: Apache-2.0
#include "acme/account.h"

#include "acme/resource_url.h"
#include "base/name_table.h"

#include <QJsonArray>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array accountStatusNames {
    base::Named {AccountStatus::Valid, u"valid"},
    base::Named {AccountStatus::Deactivated, u"deactivated"},
    base::Named {AccountStatus::Revoked, u"revoked"},
};

// The status is required, but servers leave it out; an account that answers is then a valid one.
AccountStatus accountStatus(const QString& text)
{
    if (text.isEmpty())
        return AccountStatus::Valid;
    return base::valueIn(accountStatusNames, text).value_or(AccountStatus::Unknown);
}

} // namespace

QString statusName(AccountStatus status)
{
    return base::nameIn(accountStatusNames, status, u"unknown"_s);
}

base::Result<Account> Account::fromJson(const QJsonObject& json, const QUrl& requestUrl)
{
    base::Result<QUrl> orders = resourceUrl(json[u"orders"_s], requestUrl);
    if (!orders)
        return base::failed(std::move(orders).error());
    Account account;
    account.orders = *orders;
    account.statusText = json[u"status"_s].toString();
    account.status = accountStatus(account.statusText);
    account.termsOfServiceAgreed = json[u"termsOfServiceAgreed"_s].toBool();
    const QJsonArray contacts = json[u"contact"_s].toArray();
    for (const QJsonValue& contact : contacts)
        if (contact.isString())
            account.contacts.append(contact.toString());
    return account;
}

} // namespace acme
