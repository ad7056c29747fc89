// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/problem_document.h"
#include "base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace acme {

/// RFC 8555 section 7.1.6; Unknown for anything else, with the server's word kept beside it.
enum class OrderStatus { Pending, Ready, Processing, Valid, Invalid, Unknown };

/// A request for one certificate (RFC 8555 section 7.1.3). Every member but the status may be missing in a reply.
struct Order {
    QUrl url; ///< from Location, else the URL that was read; empty where neither is known
    OrderStatus status = OrderStatus::Pending;
    QString statusText; ///< as sent
    QStringList identifierValues; ///< as sent, lower case
    std::optional<QDateTime> expires;
    std::optional<QDateTime> notBefore;
    std::optional<QDateTime> notAfter;
    QList<QUrl> authorizations;
    QUrl finalize;
    QUrl certificate;
    std::optional<base::ProblemDocument> error;
    QString profile;
    std::optional<QDateTime> retryAfter; ///< not to be polled before, where the reply said so

    /// Relative URLs are resolved against `requestUrl`. Protocol for one that is not https.
    static base::Result<Order> fromJson(const QJsonObject& json, const QUrl& requestUrl);

    /// Whether the order is for exactly these names, in any order and letter case. An order whose reply names no
    /// identifiers counts as matching; a wildcard whose `*.` the server lost does too.
    bool isFor(const QList<base::Identifier>& names) const;
};

/// "pending" …, as ACME writes it; "unknown" for Unknown.
QString statusName(OrderStatus status);

/// What newOrder asks for (RFC 8555 section 7.4, RFC 9773 section 5).
struct NewOrder {
    QList<base::Identifier> identifiers;
    QString profile = {}; ///< left out when empty
    std::optional<QDateTime> notBefore = {};
    std::optional<QDateTime> notAfter = {};
    QString replaces = {}; ///< the certificate identifier of RFC 9773 section 4.1; left out when empty

    QJsonObject toJson() const;
};

/// One page of an account's orders (RFC 8555 section 7.1.2.1).
struct OrderList {
    QList<QUrl> orders;
    QUrl next; ///< the next page; empty on the last one
};

} // namespace acme
