// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/authority.h"
#include "lifecycle/certificates.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/order_record.h"
#include "lifecycle/orders.h"

#include <QJsonArray>
#include <QJsonObject>

/// What `--json` prints. Field names are stable: scripts rely on them. Times are ISO 8601 in UTC; a time or text that
/// there is none of is null or empty.
namespace cli {

QJsonValue timeValue(const QDateTime& time);

QJsonObject documentOf(const lifecycle::Authority& authority);
/// `authorityName` is as people know it.
QJsonObject documentOf(const lifecycle::Account& account, const QString& authorityName);
QJsonObject documentOf(const lifecycle::AccountDependents& dependents);
QJsonObject documentOf(const lifecycle::EabCredential& credential, const QString& authorityName);
QJsonObject documentOf(const lifecycle::CertificateRow& row);
/// The row with every version and the report of the current one.
QJsonObject documentOf(const lifecycle::CertificateDetails& details);
QJsonObject documentOf(const lifecycle::OrderRow& row);
QJsonObject documentOf(const lifecycle::OrderEvent& event);
/// The order with its timeline.
QJsonObject documentOf(const lifecycle::OrderDetails& details, const QString& authorityName);

QJsonObject documentOf(const lifecycle::GivenUpAuthorization& authorization);

/// The documents of a whole list.
template <class T>
QJsonArray documentsOf(const QList<T>& all)
{
    QJsonArray array;
    for (const T& one : all)
        array.append(documentOf(one));
    return array;
}

} // namespace cli
