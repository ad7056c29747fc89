// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <optional>

namespace acme {

/// When the CA wants a certificate renewed (RFC 9773 section 4.2).
struct RenewalInfo {
    QDateTime windowStart; ///< UTC
    QDateTime windowEnd; ///< UTC, after windowStart
    QUrl explanationUrl; ///< a web page; empty where there is none
    std::optional<QDateTime> retryAfter; ///< the moment to ask again

    /// Protocol where the window is missing or does not end after it begins.
    static base::Result<RenewalInfo> fromJson(const QJsonObject& json);
};

/// base64url(key identifier) "." base64url(serial number's DER octets) (RFC 9773 section 4.1).
///
/// Unsupported where the certificate has no authority key identifier.
base::Result<QString> renewalIdentifier(QByteArrayView authorityKeyId, QByteArrayView serialDer);

} // namespace acme
