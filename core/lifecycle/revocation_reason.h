// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QStringList>

namespace lifecycle {

/// The reasons of RFC 5280 section 5.3.1 that make sense for a client of RFC 8555 section 7.6, by their names there:
/// "unspecified", "keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation", …
QStringList revocationReasonNames();
/// InvalidInput about "reason" for an unknown name.
base::Result<int> revocationReasonFromName(const QString& name);
QString revocationReasonName(int reason);

} // namespace lifecycle
