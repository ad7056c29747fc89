// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem_document.h"
#include "base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace acme {

/// RFC 8555 section 7.1.6; Unknown for anything else, with the server's word kept beside it.
enum class ChallengeStatus { Pending, Processing, Valid, Invalid, Unknown };

/// One way to prove control of an identifier (RFC 8555 section 8). Types that nobody here knows are carried too.
struct Challenge {
    QString type;
    QUrl url; ///< never polled: on some servers every request to it validates again. Read the authorization instead
    ChallengeStatus status = ChallengeStatus::Pending;
    QString statusText; ///< as sent
    QString token; ///< empty where the type has none
    /// dns-persist-01: who may be named in the record, as drafts 00 and 02 spell the member. An entry that is no text
    /// is empty.
    QStringList issuerDomainNames;
    QString accountUri; ///< dns-persist-01 of draft 01: the account that the record is to name
    /// What the CA found wrong. Some CAs leave the status pending beside it for as long as the authorization lives.
    std::optional<base::ProblemDocument> error;
    std::optional<QDateTime> validated;
    QJsonObject verbatim; ///< as received, with the members of types unknown here

    /// Relative URLs are resolved against `requestUrl`. Protocol for a URL that is not https.
    static base::Result<Challenge> fromJson(const QJsonObject& json, const QUrl& requestUrl);
};

/// "pending" …, as ACME writes it; "unknown" for Unknown.
QString statusName(ChallengeStatus status);

} // namespace acme
