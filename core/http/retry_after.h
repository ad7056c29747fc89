// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace http {

/// The moment (UTC) that a Retry-After field names: seconds after `now`, or an HTTP-date in any of its three forms
/// (RFC 9110 sections 10.2.3 and 5.6.7). Nothing for what is neither. Moments in the past are returned as they are.
std::optional<QDateTime> parseRetryAfter(const QByteArray& value, const QDateTime& now);

/// An HTTP-date (RFC 9110 section 5.6.7), as the Date field carries it.
std::optional<QDateTime> parseHttpDate(const QByteArray& value, const QDateTime& now);

} // namespace http
