// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/http_message.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace http {

/// The moment (UTC) that a Retry-After field names: seconds after `now`, or an HTTP-date in any of its three forms
/// (RFC 9110 sections 10.2.3 and 5.6.7). Nothing for what is neither. Moments in the past are returned as they are.
std::optional<QDateTime> parseRetryAfter(const QByteArray& value, const QDateTime& now);

/// Until when the server asks not to be asked again: the Retry-After of a 429 or 503 (RFC 6585 section 4, RFC 9110
/// section 15.6.4). Nothing for any other reply.
std::optional<QDateTime> leftAloneUntil(const HttpResponse& response, const QDateTime& now);

/// An HTTP-date (RFC 9110 section 5.6.7), as the Date field carries it.
std::optional<QDateTime> parseHttpDate(const QByteArray& value, const QDateTime& now);

} // namespace http
