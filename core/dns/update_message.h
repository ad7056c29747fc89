// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dns/dynamic_update.h"

namespace dns {

/// An UPDATE message that adds one TXT value (RFC 2136 section 2.5.1), not signed yet.
base::Result<QByteArray> addition(quint16 id, const TextValue& text, quint32 ttl);
/// An UPDATE message that removes one TXT value (section 2.5.4), not signed yet.
base::Result<QByteArray> removal(quint16 id, const TextValue& text);

} // namespace dns
