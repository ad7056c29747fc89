// SPDX-License-Identifier: Apache-2.0
#include "acme/account.h"

#include "acme/resource_url.h"

#include <QJsonArray>

#include <array>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

struct StatusName {
    AccountStatus status;
    const char16_t* name;
};

constexpr std::array statusNames {
    StatusName {AccountStatus::Valid, u"valid"},
    StatusName {AccountStatus::Deactivated, u"deactivated"},
    StatusName {AccountStatus::Revoked, u"revoked"},
};

// The status is required, but servers leave it out; an account that answers is then a valid one.
AccountStatus statusFromText(const QString& text)
{
    if (text.isEmpty())
        return AccountStatus::Valid;
    for (const StatusName& entry : statusNames)
        if (text == QStringView(entry.name))
            return entry.status;
    return AccountStatus::Unknown;
}

} // namespace

QString statusName(AccountStatus status)
{
    for (const StatusName& entry : statusNames)
        if (entry.status == status)
            return QString::fromUtf16(entry.name);
    return u"unknown"_s;
}

base::Result<Account> Account::fromJson(const QJsonObject& json, const QUrl& requestUrl)
{
    base::Result<QUrl> orders = resourceUrl(json[u"orders"_s], requestUrl);
    if (!orders)
        return base::failed(std::move(orders).error());
    Account account;
    account.orders = *orders;
    account.statusText = json[u"status"_s].toString();
    account.status = statusFromText(account.statusText);
    account.termsOfServiceAgreed = json[u"termsOfServiceAgreed"_s].toBool();
    const QJsonArray contacts = json[u"contact"_s].toArray();
    for (const QJsonValue& contact : contacts)
        if (contact.isString())
            account.contacts.append(contact.toString());
    return account;
}

} // namespace acme
