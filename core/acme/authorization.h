// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/challenge.h"

#include <QList>

namespace acme {

/// RFC 8555 section 7.1.6; Unknown for anything else, with the server's word kept beside it.
enum class AuthorizationStatus { Pending, Valid, Invalid, Deactivated, Expired, Revoked, Unknown };

/// An account's authorization for one identifier (RFC 8555 section 7.1.4).
struct Authorization {
    QUrl url;
    QString identifierType; ///< "dns" or "ip"
    QString identifierValue; ///< as sent, lower case, without the `*.` of a wildcard
    bool wildcard = false;
    AuthorizationStatus status = AuthorizationStatus::Pending;
    QString statusText; ///< as sent
    std::optional<QDateTime> expires;
    /// In the server's order, which means nothing. Entries that are no objects, lack a type or lack a URL are passed
    /// over.
    QList<Challenge> challenges;
    std::optional<QDateTime> retryAfter; ///< not to be polled before, where the reply said so

    /// Relative URLs are resolved against `url`, the one it was read from.
    static base::Result<Authorization> fromJson(const QJsonObject& json, const QUrl& url);

    /// The name as the order has it: with the `*.` of a wildcard.
    QString displayName() const;
    /// The first challenge of that type.
    std::optional<Challenge> challenge(QStringView type) const;
};

/// "pending" …, as ACME writes it; "unknown" for Unknown.
QString statusName(AuthorizationStatus status);

} // namespace acme
