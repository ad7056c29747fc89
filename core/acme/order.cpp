// SPDX-License-Identifier: Apache-2.0
#include "acme/order.h"

#include "acme/resource_url.h"
#include "acme/timestamp.h"
#include "base/name_table.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array orderStatusNames {
    base::Named {OrderStatus::Pending, u"pending"},       base::Named {OrderStatus::Ready, u"ready"},
    base::Named {OrderStatus::Processing, u"processing"}, base::Named {OrderStatus::Valid, u"valid"},
    base::Named {OrderStatus::Invalid, u"invalid"},
};

QStringList identifierValues(const QJsonArray& identifiers)
{
    QStringList values;
    for (const QJsonValue& identifier : identifiers) {
        const QString value = identifier.toObject()[u"value"_s].toString().toLower();
        if (!value.isEmpty())
            values.append(value);
    }
    return values;
}

base::Result<void> readUrls(Order& order, const QJsonObject& json, const QUrl& requestUrl)
{
    base::Result<QUrl> finalize = resourceUrl(json[u"finalize"_s], requestUrl);
    if (!finalize)
        return base::failed(std::move(finalize).error());
    base::Result<QUrl> certificate = resourceUrl(json[u"certificate"_s], requestUrl);
    if (!certificate)
        return base::failed(std::move(certificate).error());
    base::Result<QList<QUrl>> authorizations = resourceUrls(json[u"authorizations"_s], requestUrl);
    if (!authorizations)
        return base::failed(std::move(authorizations).error());
    order.finalize = *finalize;
    order.certificate = *certificate;
    QSet<QUrl> known; // some servers list one of them twice
    for (const QUrl& authorization : *authorizations) {
        if (known.contains(authorization))
            continue;
        known.insert(authorization);
        order.authorizations.append(authorization);
    }
    return {};
}

// Servers write IPv6 addresses and letter case as they like.
QString canonical(const QString& value)
{
    const base::Result<base::Identifier> identifier = base::Identifier::parse(value);
    return identifier ? identifier->value() : value.toLower();
}

} // namespace

QString statusName(OrderStatus status)
{
    return base::nameIn(orderStatusNames, status, u"unknown"_s);
}

base::Result<Order> Order::fromJson(const QJsonObject& json, const QUrl& requestUrl)
{
    Order order;
    if (auto urls = readUrls(order, json, requestUrl); !urls)
        return base::failed(std::move(urls).error());
    order.statusText = json[u"status"_s].toString();
    order.status = base::valueIn(orderStatusNames, order.statusText).value_or(OrderStatus::Unknown);
    order.identifierValues = acme::identifierValues(json[u"identifiers"_s].toArray());
    order.expires = timestamp(json[u"expires"_s]);
    order.notBefore = timestamp(json[u"notBefore"_s]);
    order.notAfter = timestamp(json[u"notAfter"_s]);
    order.profile = json[u"profile"_s].toString();
    const QJsonObject error = json[u"error"_s].toObject();
    if (!error.isEmpty())
        order.error = base::ProblemDocument::fromJson(error, 0);
    return order;
}

bool Order::isFor(const QList<base::Identifier>& names) const
{
    if (identifierValues.isEmpty())
        return true;
    QStringList values;
    std::transform(identifierValues.begin(), identifierValues.end(), std::back_inserter(values), canonical);
    const bool allOrdered = std::all_of(names.begin(), names.end(), [&values](const base::Identifier& name) {
        return values.contains(name.value()) || values.contains(name.baseName());
    });
    return allOrdered && std::all_of(values.begin(), values.end(), [&names](const QString& value) {
               return std::any_of(names.begin(), names.end(), [&value](const base::Identifier& name) {
                   return name.value() == value || (name.isWildcard() && name.baseName() == value);
               });
           });
}

QJsonObject NewOrder::toJson() const
{
    QJsonArray entries;
    for (const base::Identifier& identifier : identifiers)
        entries.append(QJsonObject {{u"type"_s, identifier.typeName()}, {u"value"_s, identifier.value()}});
    QJsonObject json {{u"identifiers"_s, entries}};
    if (!profile.isEmpty())
        json[u"profile"_s] = profile;
    if (notBefore)
        json[u"notBefore"_s] = timestampText(*notBefore);
    if (notAfter)
        json[u"notAfter"_s] = timestampText(*notAfter);
    if (!replaces.isEmpty())
        json[u"replaces"_s] = replaces;
    return json;
}

} // namespace acme
