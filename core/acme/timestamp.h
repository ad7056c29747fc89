// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QJsonValue>

#include <optional>

namespace acme {

/// A moment as ACME writes it (RFC 3339), in UTC; nothing where `value` is none. Fractions beyond milliseconds are cut.
std::optional<QDateTime> timestamp(const QJsonValue& value);
/// The inverse, in whole seconds.
QString timestampText(const QDateTime& moment);

} // namespace acme
